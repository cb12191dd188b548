// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import org.jspecify.annotations.Nullable;

/// One network interface in one network namespace, named the way the user knows it.
public sealed interface Target
    permits Target.NamedNetns, Target.Process, Target.Container, Target.Pod, Target.Host {

  /// The name of the interface; null means the one with the default route, else the only one that
  /// is not `lo`.
  @Nullable String networkInterface();

  /// The target as a reader knows it, without the interface: `netns web`, `pid 42`.
  String describe();

  /// A namespace that `ip netns` knows, a file in `/run/netns`.
  record NamedNetns(String name, @Nullable String networkInterface) implements Target {

    public NamedNetns {
      KernelNames.requireNetns(name);
      KernelNames.requireInterface(networkInterface);
    }

    @Override
    public String describe() {
      return "netns " + name;
    }
  }

  /// The namespace that a process is in.
  @SuppressWarnings("AvoidCommonTypeNames") // read as Target.Process, it is the right word
  record Process(int pid, @Nullable String networkInterface) implements Target {

    /// The largest process ID that Linux gives: `PID_MAX_LIMIT` is the first it does not.
    public static final int LARGEST_PID = (1 << 22) - 1;

    public Process {
      if (pid < 1 || pid > LARGEST_PID) {
        throw new IllegalArgumentException(pid + ": a process ID is from 1 to " + LARGEST_PID);
      }
      KernelNames.requireInterface(networkInterface);
    }

    @Override
    public String describe() {
      return "pid " + pid;
    }
  }

  /// The namespace of a container, whichever runtime made it.
  ///
  /// @param id the container's ID or a unique beginning of it: 4 to 64 hexadecimal digits
  record Container(String id, @Nullable String networkInterface) implements Target {

    /// What an ID looks like, as a regular expression.
    public static final String SYNTAX = "[0-9a-f]{4,64}";

    private static final int SHORT_ID = 12;

    public Container {
      if (!id.matches(SYNTAX)) {
        throw new IllegalArgumentException(
            id + ": a container is given by 4 to 64 hexadecimal digits of its ID (0-9, a-f)");
      }
      KernelNames.requireInterface(networkInterface);
    }

    @Override
    public String describe() {
      return "container " + (id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID) + "…");
    }
  }

  /// The network namespace of a pod of Kubernetes that runs on this host.
  ///
  /// @param uid the pod's `metadata.uid`; of a static pod its `kubernetes.io/config.hash`
  /// @param name `NAMESPACE/NAME`, for readers only; null when it is not known
  record Pod(String uid, @Nullable String name, @Nullable String networkInterface)
      implements Target {

    /// What a UID looks like, as a regular expression.
    public static final String UID_SYNTAX =
        "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}";

    /// What a name looks like, as a regular expression: names of objects are DNS names.
    public static final String NAME_SYNTAX = "[a-z0-9-]{1,63}/[a-z0-9.-]{1,253}";

    public Pod {
      if (!uid.matches(UID_SYNTAX)) {
        throw new IllegalArgumentException(
            uid
                + ": a pod is given by its UID, which `kubectl get pod NAME -o"
                + " jsonpath={.metadata.uid}` prints");
      }
      if (name != null && !name.matches(NAME_SYNTAX)) {
        throw new IllegalArgumentException(name + ": a pod is called NAMESPACE/NAME");
      }
      KernelNames.requireInterface(networkInterface);
    }

    @Override
    public String describe() {
      return "pod " + (name == null ? uid : name);
    }
  }

  /// An interface in the network namespace of this very process.
  record Host(String networkInterface) implements Target {

    public Host {
      KernelNames.requireInterface(networkInterface);
    }

    @Override
    public String describe() {
      return "this host";
    }
  }
}
