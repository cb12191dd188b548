// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final Map<String, String> VALUES =
      Map.of(".Values.a.b", "x$1", ".Values.on", "true", ".Values.off", "false");

  private static String render(String text) {
    return Template.render(text, VALUES, file -> file + " it is\n");
  }

  @Test
  void valuesAreReplaced() {
    assertThat(render("k: {{ .Values.a.b }}-{{ .Values.on }}")).isEqualTo("k: x$1-true\n");
  }

  @Test
  void linesThatAConditionRefusesAreLeftOut() {
    String text =
        """
        one
        {{- if .Values.on }}
        two
        {{- if .Values.off }}
        three {{ .Values.unknown }}
        {{- end }}
        {{- end }}
        four
        """;
    assertThat(render(text)).isEqualTo("one\ntwo\nfour\n");
  }

  @Test
  void filesAreTakenAsTheyAre() {
    String text = "---\n{{ .Files.Get \"files/crds/a.yaml\" }}\nend\n";
    assertThat(render(text)).isEqualTo("---\ncrds/a.yaml it is\nend\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{ .Values.c }}", "{{ include \"x\" . }}", "{{- if .Values.c }}"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> render(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
