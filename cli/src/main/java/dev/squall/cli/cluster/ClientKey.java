// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The private key in a kubeconfig. The client takes every key in PKCS #8 for one of RSA unless
/// told otherwise.
final class ClientKey {
  private static final String PKCS8 = "-----BEGIN PRIVATE KEY-----";

  private ClientKey() {}

  /// Tells the client which kind of key the user has.
  static void nameAlgorithm(Config config) {
    String pem = pem(config);
    if (pem != null && pem.contains(PKCS8) && isElliptic(pem)) {
      config.setClientKeyAlgo("EC");
    }
  }

  /// Null: there is none, or none that can be read, of which the client says more.
  private static @Nullable String pem(Config config) {
    try {
      if (config.getClientKeyData() != null) {
        return new String(
            Base64.getDecoder().decode(config.getClientKeyData()), StandardCharsets.US_ASCII);
      }
      return config.getClientKeyFile() == null
          ? null
          : Files.readString(Path.of(config.getClientKeyFile()));
    } catch (IOException | IllegalArgumentException unreadable) {
      return null;
    }
  }

  private static boolean isElliptic(String pem) {
    String body = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    try {
      KeyFactory.getInstance("EC")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
      return true;
    } catch (GeneralSecurityException | IllegalArgumentException other) {
      return false;
    }
  }
}
