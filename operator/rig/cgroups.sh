# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Every process of a rig is in a cgroup of the rig, where it is found also when `up` was killed.
# cgroup v1 has a tree for each controller, v2 one for all; there a group with children may hold no
# process, so those of a node are in a leaf.

if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
  trees=(/sys/fs/cgroup/) leaf=/init
else
  trees=(/sys/fs/cgroup/*/) leaf=''
fi

# Only the root of the whole tree of v2 has no type; it may hold processes and hand controllers on.
owns_cgroups() { [[ -w ${trees[0]} && ! -e /sys/fs/cgroup/cgroup.type ]]; }

make_group() {
  local tree file
  for tree in "${trees[@]}"; do mkdir -p "$tree$1$leaf"; done
  if [[ -n $leaf ]]; then
    sed 's/\</+/g' /sys/fs/cgroup/cgroup.controllers >/sys/fs/cgroup/cgroup.subtree_control
  else
    for file in cpuset.cpus cpuset.mems; do
      cat "/sys/fs/cgroup/cpuset/$file" >"/sys/fs/cgroup/cpuset/$1/$file"
    done
  fi
}

# Moves this shell.
join() {
  local tree
  for tree in "${trees[@]}"; do echo "$BASHPID" >"$tree$1/cgroup.procs"; done
}

has_processes() { [[ -n $(cat "${trees[0]}$1$leaf/cgroup.procs" 2>/dev/null) ]]; }

remove_group() {
  local tree
  for tree in "${trees[@]}"; do
    [[ ! -d $tree$1 ]] || wait_for 10 "the end of $tree$1" end_group "$tree$1"
  done
}

end_group() {
  if [[ -e $1/cgroup.kill ]]; then
    echo 1 >"$1/cgroup.kill"
  else
    xargs -ra <(find "$1" -name cgroup.procs -exec cat {} +) kill -9
  fi
  find "$1" -depth -type d -exec rmdir {} +
  [[ ! -d $1 ]]
}
