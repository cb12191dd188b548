// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/// What the JDK's own TLS client says first.
public final class ClientHello {
  private ClientHello() {}

  /// @param server null: it names none
  public static byte[] to(String server, String... protocols) {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      SSLParameters parameters = engine.getSSLParameters();
      if (server != null) {
        parameters.setServerNames(List.of(new SNIHostName(server)));
      }
      parameters.setApplicationProtocols(protocols);
      engine.setSSLParameters(parameters);
      engine.setUseClientMode(true);
      ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), record);
      return Arrays.copyOf(record.array(), record.position());
    } catch (GeneralSecurityException | SSLException e) {
      throw new IllegalStateException(e);
    }
  }
}
