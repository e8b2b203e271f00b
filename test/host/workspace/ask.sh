printf 'your name? '
read -r name
echo "hello $name" > greeting.txt
