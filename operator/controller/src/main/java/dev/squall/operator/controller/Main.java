// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller;

import java.io.IOException;
import java.security.Security;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the controller and runs until it is told to end.
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int ENVIRONMENT = 5;

  private Main() {}

  /// Ends the process with status 5 when the cluster cannot be reached or lacks what is needed.
  public static void main(String[] arguments) {
    // A name is asked for again every 30 seconds, and the answer must be what is true then.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    Controller controller = new Controller(Settings.of(System.getenv()));
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(controller::close));
    try {
      controller.start();
    } catch (RuntimeException | IOException e) {
      LOG.error("cannot start problem={}", e.getMessage(), e);
      System.exit(ENVIRONMENT);
    }
  }
}
