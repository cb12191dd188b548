// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.fault.FaultException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What an API server answers when it does not do what it was asked to, in one sentence.
final class Refusal {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int CLIENTS_MISTAKE = 400;

  /// What server-side apply says, with status 500.
  private static final Pattern UNKNOWN_FIELD =
      Pattern.compile("Kind=(\\w+)\\): \\.([^:]+): field not declared in schema");

  private static final int SERVERS_MISTAKE = 500;

  private Refusal() {}

  /// @param status of HTTP
  /// @param answer an object of kind `Status`
  static FaultException of(int status, JsonNode answer) {
    if (status == UNAUTHORIZED) {
      return new FaultException(
          FaultException.Kind.ENVIRONMENT,
          "the cluster does not know you: the credentials in the kubeconfig are wrong or expired");
    }
    Matcher unknownField = UNKNOWN_FIELD.matcher(answer.path("message").asText());
    if (unknownField.find()) {
      return new FaultException(
          FaultException.Kind.USER,
          "%s %s: there is no such field; kubectl explain says which there are"
              .formatted(unknownField.group(1), unknownField.group(2)));
    }
    boolean usersMistake =
        status >= CLIENTS_MISTAKE && status < SERVERS_MISTAKE && status != FORBIDDEN;
    return new FaultException(
        usersMistake ? FaultException.Kind.USER : FaultException.Kind.ENVIRONMENT,
        sentence(status, answer));
  }

  private static String sentence(int status, JsonNode answer) {
    JsonNode causes = answer.at("/details/causes");
    if (causes.isEmpty()) {
      return answer.path("message").asText("the cluster answers with HTTP status " + status);
    }
    return "%s %s: %s"
        .formatted(
            answer.at("/details/kind").asText(),
            answer.at("/details/name").asText(),
            StreamSupport.stream(causes.spliterator(), false)
                .map(Refusal::cause)
                .collect(Collectors.joining("; ")));
  }

  private static String cause(JsonNode cause) {
    // "Invalid value: VALUE: what is wrong": the value may be a whole object.
    String message =
        cause.path("message").asText().replaceFirst("^Invalid value: (\"[^\"]*\"|\\S+): ", "");
    String field = cause.path("field").asText();
    return field.isEmpty() ? message : field + ": " + message;
  }

  /// The innermost thing that went wrong.
  static String reason(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause == null) {
      return "no reason is known";
    }
    return switch (cause) {
      case TimeoutException _ -> "no answer in time";
      case ClosedChannelException _ -> "connection refused";
      case UnresolvedAddressException _ -> "its name has no address";
      default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    };
  }
}
