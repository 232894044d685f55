#!/bin/sh
# Assembles the root file system of the image: Node, git, the libraries they are linked to, certificates, time zones, a font with
# Chinese, and the program. There is no shell and no package manager in it.
#
#   assemble-root.sh ROOT PROGRAM
#
# ROOT is a folder to be made. PROGRAM is a folder with package.json, dist/ and node_modules/ (without what is for development).
# Runs on Debian, in the Dockerfile and in its test. NODE names the Node to take; default: the one in PATH.
set -eu
root=$1
program=$2
node=${NODE:-$(command -v node)}

mkdir -p "$root"/etc/ssl/certs "$root"/etc/apipatrol "$root"/usr/bin "$root"/usr/local/bin "$root"/usr/lib/git-core \
  "$root"/usr/share/fonts/truetype "$root"/opt "$root"/data "$root"/home/patrol "$root"/tmp "$root"/proc "$root"/dev
# /lib64 is where programs look for their loader.
for folder in bin lib lib64; do
  mkdir -p "$root/usr/$folder"
  ln -s "usr/$folder" "$root/$folder"
done

# With all that it is linked to, as ldd says: `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)`, `/lib64/ld-linux-x86-64.so.2 (0x…)`.
libraries_of() {
  ldd "$1" | sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^[[:space:]]*\(\/[^ ]*\) (.*/\1/p'
}
with_libraries() {
  libraries_of "$1" | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    [ -e "$root$library" ] || cp -L "$library" "$root$library"
  done
}

cp -L "$node" "$root/usr/local/bin/node"
with_libraries "$node"
# `docker exec NAME apipatrol status` begins with #!/usr/bin/env node.
cp -L /usr/bin/env "$root/usr/bin/env"
with_libraries /usr/bin/env
# Documents may lie in a repository: git+https://…
cp -L /usr/bin/git "$root/usr/bin/git"
with_libraries /usr/bin/git
cp -L /usr/lib/git-core/git-remote-http "$root/usr/lib/git-core/git-remote-http"
ln -s git-remote-http "$root/usr/lib/git-core/git-remote-https"
ln -s ../../bin/git "$root/usr/lib/git-core/git"
with_libraries /usr/lib/git-core/git-remote-http

cp -R "$program" "$root/opt/apipatrol"
modules="$root/opt/apipatrol/node_modules"
architecture=$("$node" -p process.arch)
# Of the database driver: the binaries of other platforms, and what they were built from.
find "$modules/@photostructure/sqlite/prebuilds" -mindepth 1 -maxdepth 1 ! -name "linux-$architecture" -exec rm -r {} +
rm -rf "$modules/@photostructure/sqlite/src"
find "$modules" -name '*.node' | while read -r binary; do with_libraries "$binary"; done
ln -s /opt/apipatrol/dist/cli/main.js "$root/usr/local/bin/apipatrol"

cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
cp -R /usr/share/zoneinfo "$root/usr/share/zoneinfo"
# Where src/notify/render/picture looks for one; the first is small.
for font in truetype/wqy/wqy-microhei.ttc opentype/noto/NotoSansCJK-Regular.ttc; do
  [ -e "/usr/share/fonts/$font" ] || continue
  mkdir -p "$root/usr/share/fonts/$(dirname "$font")"
  cp -L "/usr/share/fonts/$font" "$root/usr/share/fonts/$font"
  break
done

echo 'root:x:0:0:root:/root:/sbin/nologin
patrol:x:65532:65532:API Patrol:/home/patrol:/sbin/nologin' >"$root/etc/passwd"
echo 'root:x:0:
patrol:x:65532:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
chown -R 0:0 "$root"
chown 65532:65532 "$root/data" "$root/home/patrol"
chmod 700 "$root/data"
chmod 1777 "$root/tmp"
