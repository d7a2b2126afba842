# Becomes the container of a pod, in namespaces that have just been made for it: nothing of the
# kubelet's folders and of the agent's is there but the pod's own volume, and it is another user.
#   container.sh VOLUME PROGRAM QEMU HIDDEN
set -eu
volume=$1 program=$2 qemu=$3 hidden=$4
mount --make-rprivate /
folder=$(dirname "$(readlink -f "$qemu")")
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/cloudlet/vm /run/cloudlet/bin /run/qemu
mount --bind "$volume" /run/cloudlet/vm
cp "$program" /run/cloudlet/bin/cloudlet-vm
case $folder in
/usr/*) ;;
*)
  # Another user may not enter the folders above it.
  mount --bind "$folder" /run/qemu
  mount -t tmpfs -o mode=755 tmpfs "/$(echo "$folder" | cut -d/ -f2)"
  mkdir -p "$folder"
  mount --bind /run/qemu "$folder"
  ;;
esac
[ ! -d "$hidden" ] || mount -t tmpfs tmpfs "$hidden"
cd /
exec setpriv --reuid=107 --regid=107 --clear-groups --no-new-privs --bounding-set=-all \
  env -i PATH="$PATH" /bin/sh /run/cloudlet/bin/cloudlet-vm
