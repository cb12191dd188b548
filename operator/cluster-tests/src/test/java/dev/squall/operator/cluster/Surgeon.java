// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.util.List;

/// Does to the processes of a node what tests need, from a pod that sees all of them.
record Surgeon(TestPod pod) {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {namespace: %s, name: %s}
      spec:
        nodeName: %s
        hostPID: true
        terminationGracePeriodSeconds: 0
        containers:
        - name: busybox
          image: %s
          imagePullPolicy: IfNotPresent
          command: [sleep, "100000"]
          securityContext: {privileged: true}
      """;

  /// Puts one on a node; it is there when the namespace's pods are ready.
  static Surgeon on(String node, TestNamespace namespace) {
    Cluster cluster = namespace.cluster();
    String name = "surgeon-" + node;
    cluster.apply(POD.formatted(namespace.name(), name, node, cluster.busybox())).successful();
    return new Surgeon(new TestPod(cluster, namespace.name(), name));
  }

  /// Puts one on a node, unless the namespace has one there, and waits for it.
  static Surgeon ready(String node, TestNamespace namespace) {
    Surgeon surgeon = on(node, namespace);
    namespace.awaitReady();
    return surgeon;
  }

  /// Sends a signal to the only process of the node whose command line has this text.
  void signal(String signal, String commandLine) {
    run(commandLine, "kill -%s $1".formatted(signal));
  }

  /// Reads a file of that process, such as `status`.
  String read(String commandLine, String file) {
    return run(commandLine, "cat /proc/$1/" + file);
  }

  /// Runs a command on the node, with the number of that process as `$1`.
  String run(String commandLine, String command) {
    String script =
        """
        for p in /proc/[0-9]*; do
          [ "$p" != /proc/$$ ] && tr '\\0' ' ' <$p/cmdline 2>/dev/null | grep -q -- "$1" && found="$found ${p#/proc/}"
        done
        set -- $found; [ $# = 1 ] && %s || { echo "processes: $found" >&2; exit 1; }
        """
            .formatted(command);
    return pod.exec("sh", "-c", script, "sh", commandLine).successful().output();
  }

  /// The TCP ports on which the only process of the node whose command line has this text listens,
  /// and whoever else is in its network.
  List<Integer> listening(String commandLine) {
    String script =
        """
        for p in /proc/[0-9]*; do
          [ "$p" != /proc/$$ ] && tr '\\0' ' ' <$p/cmdline 2>/dev/null | grep -q -- "$1" &&
            awk '$4 == "0A" { sub(".*:", "", $2); print $2 }' $p/net/tcp $p/net/tcp6
        done
        true
        """;
    return pod.exec("sh", "-c", script, "sh", commandLine).successful().lines().stream()
        .map(port -> Integer.valueOf(port, 16))
        .distinct()
        .toList();
  }

  /// Kills one process of a pod.
  ///
  /// @param container whether the container's, otherwise the one that only keeps the sandbox
  void kill(TestPod victim, boolean container) {
    String script =
        """
        for p in /proc/[0-9]*; do
          grep -q "pod$1" $p/cgroup 2>/dev/null || continue
          if tr '\\0' ' ' <$p/cmdline | grep -q '^nc -ll'; then kind=true; else kind=false; fi
          [ $kind = $2 ] && kill -9 ${p#/proc/} && exit 0
        done
        exit 1
        """;
    String uid = victim.get().getMetadata().getUid();
    pod.exec("sh", "-c", script, "sh", uid, String.valueOf(container)).successful();
  }

  /// Waits until an address of the node is free, and lets its next pod have it. The rig's nodes
  /// give them out in order, and note the last.
  void offerAddress(String address) {
    int dot = address.lastIndexOf('.') + 1;
    String before = address.substring(0, dot) + (Integer.parseInt(address.substring(dot)) - 1);
    String script =
        "cd /var/lib/cni/rig; while [ -e %s ]; do sleep 0.1; done; echo -n %s >last_reserved_ip.0"
            .formatted(address, before);
    pod.cluster().rig();
    pod.exec("nsenter", "-t", "1", "-m", "/bin/sh", "-c", script).successful();
  }
}
