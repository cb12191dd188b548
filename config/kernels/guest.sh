#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Second stage of the virtual machine, see init: runs the tests and says on the console how it went.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root CI=true
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/shm
mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /run
mount -t bpf bpf /sys/fs/bpf
mount -t cgroup2 cgroup /sys/fs/cgroup
modules=/lib/modules/$(uname -r)
mkdir -p "$modules"
mount --bind "$SQUALL/.squall/kernels/$VERSION$modules" "$modules"
modprobe tun # makes /dev/net/tun, as udev does elsewhere
ip link set lo up
cd "$SQUALL" || exit
echo "KERNEL-CHECK: Linux $(uname -r) after $(cut -d' ' -f1 /proc/uptime) s"
"$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  -Dsquall.delay=fq -Dsquall.mutants=50000 -cp "$(<.squall/kernels/classpath)" org.junit.platform.console.ConsoleLauncher \
  execute --disable-banner --disable-ansi-colors --details=tree --details-theme=ascii \
  --include-engine=junit-jupiter --select-package=dev.squall \
  --include-classname='dev\.squall\.bpf\.((attach|libbpf|linux)\.)?[A-Z]\w*KernelIT' \
  --include-classname='dev\.squall\.bpf\.scenario\.(EveryKernel\w*|(Dns|Flow|Adjust)Scenario)KernelIT' \
  --include-classname='dev\.squall\.cli\.(Crash|Capture)KernelIT' && echo "KERNEL-CHECK: passed"
echo o >/proc/sysrq-trigger
sleep 60
