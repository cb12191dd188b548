// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.line;

import dev.squall.bpf.attach.AttachPoint;
import dev.squall.bpf.attach.Attachments;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.Hook;
import dev.squall.bpf.linux.Errno;
import dev.squall.bpf.linux.Link;
import dev.squall.bpf.linux.Links;
import dev.squall.bpf.linux.LinuxException;
import dev.squall.bpf.linux.NetworkNamespace;
import java.util.Objects;

/// A pair of veth interfaces: the near end bare in the target's namespace, the far end in a
/// namespace that only this process holds, so that the kernel removes both when the process dies.
final class VethPair implements AutoCloseable {
  private static final String FAR = "far";
  private static final int MTU = 65535;

  private final NetworkNamespace target;
  private final AttachPoint attachPoint;
  private final NetworkNamespace ours;
  private final Link far;
  private final Link near;
  private final Attachments attachments = new Attachments();

  private VethPair(Site site, NetworkNamespace ours, String name) {
    this.target = site.target();
    this.attachPoint = site.attachPoint();
    this.ours = ours;
    this.far = ours.call(() -> Objects.requireNonNull(Links.byName(FAR)));
    this.near = target.call(() -> Objects.requireNonNull(Links.byName(name)));
  }

  /// What is done to the ends while both are still in our namespace.
  interface Preparation {
    void apply(Link far, Link near);
  }

  /// Everything is made in our own namespace; the near end moves to the target last.
  static VethPair open(Site site, String name, Preparation preparation) {
    NetworkNamespace target = site.target();
    NetworkNamespace ours = NetworkNamespace.anonymous();
    try {
      ours.call(
          () -> {
            Links.createVethPair(FAR, name, ours, MTU);
            Link far = Objects.requireNonNull(Links.byName(FAR));
            Link near = Objects.requireNonNull(Links.byName(name));
            preparation.apply(far, near);
            Links.upWithoutAddresses(far.index());
            Links.setAlias(near.index(), DelayDevice.alias());
            Links.move(near.index(), target);
            return far;
          });
      target.call(
          () -> {
            Links.upWithoutAddresses(Objects.requireNonNull(Links.byName(name)).index());
            return true;
          });
      return new VethPair(site, ours, name);
    } catch (RuntimeException | Error e) {
      ours.close();
      throw e;
    }
  }

  Link far() {
    return far;
  }

  Link near() {
    return near;
  }

  /// To what arrives at the far end, and at the near end.
  void attach(BpfProgram atFar, BpfProgram atNear) {
    attach(ours, atFar, far);
    attach(target, atNear, near);
  }

  private void attach(NetworkNamespace namespace, BpfProgram program, Link link) {
    attachments.add(namespace.call(() -> attachPoint.attach(program, link.index(), Hook.INGRESS)));
  }

  /// Gone already, when the target's namespace has gone.
  private boolean delete() {
    try {
      Links.delete(far.index());
      return true;
    } catch (LinuxException e) {
      if (e.errno() != Errno.ENODEV) {
        throw e;
      }
      return false;
    }
  }

  /// Both ends go with one; the namespace goes with its last holder.
  @Override
  public void close() {
    try (NetworkNamespace _ = ours;
        Attachments _ = attachments) {
      ours.call(this::delete);
    }
  }
}
