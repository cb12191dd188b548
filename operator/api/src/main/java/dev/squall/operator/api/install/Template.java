// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.install;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The little of Helm's template language that the chart needs, so that the same files serve Helm
/// and `squall install`: `{{ .Values.a.b }}`, `{{ .Release.Namespace }}`, lines with `{{- if
/// .Values.a }}` and `{{- end }}`, and lines with `{{ .Files.Get "path" }}`, there also `| replace
/// "squall-system" .Release.Namespace`.
final class Template {
  private static final Pattern VALUE = Pattern.compile("\\{\\{ (\\.[A-Za-z.]+) }}");
  private static final Pattern CONDITION = Pattern.compile("\\{\\{- if (\\.[A-Za-z.]+) }}");
  private static final String OWN_NAMESPACE = "squall-system";
  private static final Pattern FILE =
      Pattern.compile(
          "\\{\\{ \\.Files\\.Get \"files/([a-z/-]+\\.yaml)\""
              + "( \\| replace \"squall-system\" \\.Release\\.Namespace)? }}");
  private static final String END = "{{- end }}";

  private Template() {}

  /// @param values by their paths, as `.Values.images.agent`
  /// @param files the texts of the chart's folder `files`, by their paths there
  /// @throws IllegalArgumentException when the text asks for anything else
  static String render(String text, Map<String, String> values, UnaryOperator<String> files) {
    StringBuilder result = new StringBuilder();
    Deque<Boolean> conditions = new ArrayDeque<>();
    for (String line : text.lines().toList()) {
      Matcher condition = CONDITION.matcher(line);
      if (condition.matches()) {
        conditions.push(Boolean.parseBoolean(value(condition.group(1), values)));
      } else if (line.equals(END)) {
        conditions.pop();
      } else if (!conditions.contains(false)) {
        Matcher file = FILE.matcher(line);
        result.append(
            file.matches()
                ? file(file, files.apply(file.group(1)), values)
                : substitute(line, values) + '\n');
      }
    }
    return result.toString();
  }

  private static String file(Matcher line, String text, Map<String, String> values) {
    return line.group(2) == null ? text : file(text, values);
  }

  /// One of the chart's folder `files`, about the namespace of the release.
  static String file(String text, Map<String, String> values) {
    return text.replace(OWN_NAMESPACE, value(".Release.Namespace", values));
  }

  private static String substitute(String line, Map<String, String> values) {
    String done =
        VALUE
            .matcher(line)
            .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), values)));
    if (done.contains("{{")) {
      throw new IllegalArgumentException(line + ": squall install does not know this");
    }
    return done;
  }

  private static String value(String path, Map<String, String> values) {
    String value = values.get(path);
    if (value == null) {
      throw new IllegalArgumentException(path + ": the chart has no such value");
    }
    return value;
  }
}
