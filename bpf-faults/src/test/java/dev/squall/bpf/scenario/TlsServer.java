// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.bpf.linux.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// The JDK's TLS, both ends of it, with a certificate made for the test. The server sends back what
/// it is sent.
final class TlsServer implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final int PATIENCE_MILLIS = 5_000;

  private static final KeyStore KEYS = keys();

  private final SSLServerSocket socket;
  private final InetSocketAddress place;

  TlsServer(NetworkNamespace host, InetSocketAddress place) {
    this.place = place;
    socket =
        host.call(
            () -> {
              SSLServerSocket listening =
                  (SSLServerSocket) context().getServerSocketFactory().createServerSocket();
              listening.bind(place);
              return listening;
            });
    Thread.ofPlatform().daemon().start(this::keepAccepting);
  }

  /// Interpreted, which such a short run is best: compiled, it crashed in an emulated machine.
  private static KeyStore keys() {
    try {
      Path file = Files.createTempDirectory("squall-it-keys").resolve("keys.p12");
      String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
      Tool.run(
          keytool,
          "-J-Xint",
          "-genkeypair",
          "-keyalg",
          "EC",
          "-dname",
          "CN=*.example",
          "-keystore",
          file.toString(),
          "-storepass",
          "changeit",
          "-storetype",
          "PKCS12");
      KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD);
      Files.delete(file);
      Files.delete(file.getParent());
      return keys;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// With no memory of earlier sessions, which name a server too.
  private SSLContext context() {
    try {
      KeyManagerFactory identity = KeyManagerFactory.getInstance("PKIX");
      identity.init(KEYS, PASSWORD);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(KEYS);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private void keepAccepting() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofPlatform().daemon().start(() -> echo(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException end) {
      // the client has what it came for, or the fault ended it
    }
  }

  /// What a client on a host sees that asks for a server by name and sends it something.
  ///
  /// @return `ok`, or the message of the error
  String visit(NetworkNamespace host, String name) {
    try (Socket plain = host.call(this::connect)) {
      plain.setSoTimeout(PATIENCE_MILLIS);
      SSLSocket client =
          (SSLSocket)
              context().getSocketFactory().createSocket(plain, null, place.getPort(), false);
      SSLParameters parameters = client.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(name)));
      client.setSSLParameters(parameters);
      client.getOutputStream().write(1);
      return client.getInputStream().read() == 1 ? "ok" : "no answer";
    } catch (SSLException e) {
      return "TLS: " + e.getMessage();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Socket connect() throws IOException {
    Socket plain = new Socket();
    plain.connect(place, PATIENCE_MILLIS);
    return plain;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
