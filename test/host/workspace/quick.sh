echo "quick says $*"
