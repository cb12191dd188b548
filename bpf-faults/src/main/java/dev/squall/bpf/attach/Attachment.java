// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.attach;
import dev.squall.bpf.libbpf.*;
public record Attachment(BpfLink link) implements AutoCloseable {
  public static Attachment attach(BpfProgram p, int ifindex, Hook hook) { return new Attachment(BpfLink.attachTcx(p, ifindex, hook, true)); }
  @Override public void close() { link.close(); }
}
