import type * as english from './english-house.ts';

const count = (n: number, one: string, many: string): string => `${n} ${n < 2 ? one : many}`;

export const trunkPanel: typeof english.trunkPanel = {
  title: 'Trunks',
  none: 'Aucun trunk pour le moment.',
  noneNext: 'Un administrateur en ajoute un dans la console, sous Trunks.',
  unread: 'Les trunks ne peuvent pas être lus pour le moment.',
  states: {
    unknown: 'Pas encore de nouvelles',
    reachable: 'En service',
    registered: 'En service, enregistré',
    unregistered: 'Non enregistré',
    unreachable: 'Injoignable',
    rejected: 'Refusé',
  },
  rejected: (status) => `Refusé (${status})`,
  since: (time) => `depuis ${time}`,
  roundTrip: (ms) => `${ms} ms`,
  roundTripMeans: 'D’une question à l’opérateur jusqu’à sa réponse',
  lastError: (error, time) => `dernier incident ${time} : ${error}`,
  check: 'Vérifier',
  checkOf: (name) => `Vérifier ${name}`,
  checking: 'Question posée à l’opérateur …',
  fine: (answered) => `Tout va bien : l’opérateur répond${answered}.`,
  after: (ms) => ` en ${ms} ms`,
  findings: {
    'no-server': 'Le trunk n’a pas de serveur et ne fait donc que recevoir : indiquez où partent les appels.',
    'name-not-found': 'Le nom du serveur ne mène à aucune adresse : vérifiez son orthographe, ou le serveur de noms.',
    'no-answer':
      'Personne ne répond, ni en UDP ni en TCP : vérifiez l’adresse et le port, et que les pare-feux laissent passer SIP.',
    'udp-silent':
      'L’opérateur répond en TCP mais pas en UDP, par où passent les appels : demandez-lui son port UDP, ou ouvrez le pare-feu.',
    unauthorized: 'L’opérateur n’accepte pas le mot de passe : vérifiez l’identifiant et le mot de passe.',
    forbidden:
      'L’opérateur interdit (403) : vérifiez le mot de passe, et demandez-lui si cette adresse a le droit d’entrer.',
    rejected: 'L’opérateur refuse : demandez-lui pourquoi.',
    'not-registered':
      'L’opérateur accepte le mot de passe mais n’a pas notre enregistrement : attendez une demi-minute, puis vérifiez encore.',
    'no-common-codec':
      'L’opérateur n’accepte aucun de nos codecs (PCMA, PCMU, G722, OPUS) : demandez-lui d’en autoriser un.',
    'private-address':
      'L’opérateur annonce une adresse privée, que personne n’atteint de l’extérieur : demandez-lui son adresse publique.',
    'behind-nat':
      'L’opérateur nous voit à une autre adresse que la nôtre : indiquez à Asterisk son adresse extérieure.',
  },
};

export const sitePanel: typeof english.sitePanel = {
  title: 'Lieux',
  queue: 'Afficher la file',
  site: 'Lieu',
  none: 'Sans lieu encore',
  noneMeans: 'Appelants pour qui aucun téléphone ne sonne encore, et agents dont le lieu n’est pas indiqué',
  waiting: 'En attente',
  answered: 'Décrochés',
  ready: 'Dispo.',
  talking: 'En appel',
  signedIn: 'En ligne',
  total: 'Tous les lieux',
  unread: 'Les chiffres des lieux ne peuvent pas être lus pour le moment.',
};

export const drift: typeof english.drift = {
  title: 'Ce qui a été corrigé',
  withAsterisk: (n) =>
    `${count(n, 'écart', 'écarts')} avec Asterisk, ${n < 2 ? 'trouvé et corrigé' : 'trouvés et corrigés'} dans la dernière heure.`,
  last: (time, what) => `Le dernier à ${time} : ${what}.`,
  afterOutage: 'après une coupure',
  kinds: {
    'event-missed': (what) => `un événement passé inaperçu (${what})`,
    'request-lost': (what) => `une demande qui n’avait pas été exécutée (${what})`,
    'left-over': (what) => `un reste d’un appel terminé (${what})`,
    'caller-unknown': () => 'un appelant qu’aucun appel ne connaissait',
  },
  story: 'Son histoire',
  withPage: (n, time) =>
    `Cette page a différé du serveur ${n} fois dans la dernière heure, la dernière à ${time}, et a repris ses chiffres.`,
};

export const admission: typeof english.admission = {
  title: 'Appelants refusés',
  begun: (time, reason) => `Depuis ${time}, les nouveaux appels sont refusés : ${reason}.`,
  soFar: (n) => `${count(n, 'appel refusé', 'appels refusés')} jusqu’ici. Les appels en cours continuent.`,
  over: 'Les nouveaux appels sont de nouveau acceptés.',
};

export const marks: typeof english.marks = {
  onHold: 'En garde',
  calling: (name) => `appelle ${name}`,
  asking: (name) => `consulte ${name}`,
  askedBy: (name) => `consulté par ${name}`,
  joining: (name) => `fait venir ${name}`,
  joined: (name) => `avec ${name}`,
};
