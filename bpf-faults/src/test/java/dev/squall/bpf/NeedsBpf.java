// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.linux.Capability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips a test, and says why, where this process may not load BPF programs.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsBpf.Condition.class)
@interface NeedsBpf {
  /// Asks for the capabilities.
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      Set<Capability> missing = EnumSet.allOf(Capability.class);
      missing.remove(Capability.SYS_PTRACE);
      missing.removeAll(Capability.effective());
      return missing.isEmpty()
          ? ConditionEvaluationResult.enabled("BPF programs may be loaded")
          : ConditionEvaluationResult.disabled("needs root: missing " + missing);
    }
  }
}
