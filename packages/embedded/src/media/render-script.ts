/** Where programs of the root see the media. Asterisk takes it for its data folder (astdatadir). */
export const insideMedia = '/srv/media';

/**
 * Fills the working folder with what Asterisk plays, beside the stock files of its data folder. Standard input has one
 * prompt a line: language, name and sentence, parted by tabs. Voices are espeak-ng's. Each sound lies there in the
 * trunks' own codecs, and in the 8 and 16 kHz forms from which the others are made.
 */
export const renderScript = `set -e
stock=/usr/share/asterisk
ln -s "$stock/documentation" "$stock/rest-api" "$stock/static-http" .
mkdir -p sounds/en/cordboard sounds/fr/cordboard moh
ln -s "$stock"/sounds/en_US_f_Allison/* sounds/en/
ln -s "$stock"/sounds/fr_CA_f_June/* sounds/fr/
sounds() {
  sox -V1 -D "$1" -r 8000 -c 1 -t ul "$2.ulaw" $3
  sox -V1 -D "$1" -r 8000 -c 1 -t al "$2.alaw" $3
  sox -V1 -D "$1" -r 16000 -c 1 -b 16 -e signed-integer -t raw "$2.sln16" $3
}
tab=$(printf '\\t')
while IFS="$tab" read -r language name sentence; do
  case $language in
    en) voice=en-us+f3 ;;
    *) voice=$language+f3 ;;
  esac
  printf '%s' "$sentence" | espeak-ng -v "$voice" -s 150 -g 4 -w /tmp/said.wav
  target=sounds/$language/cordboard/$name
  sounds /tmp/said.wav "$target" 'highpass 120 gain -n -5 pad 0.1 0.2'
  sox -V1 -D /tmp/said.wav -r 8000 -c 1 -b 16 "$target.wav" highpass 120 gain -n -5 pad 0.1 0.2
done
for piece in "$stock"/moh/*.wav; do
  name=$(basename "$piece" .wav)
  sounds "$piece" "moh/$name" 'gain -n -8'
done
`;
