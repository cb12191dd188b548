// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips a test, and says why, where there is no cluster and none can be made; in continuous
/// integration the test fails instead.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsCluster.Condition.class)
@interface NeedsCluster {
  /// Asks the environment, then the rig.
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      Optional<String> obstacle = Cluster.obstacle();
      if (obstacle.isPresent() && "true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(obstacle.get());
      }
      return obstacle
          .map(ConditionEvaluationResult::disabled)
          .orElseGet(() -> ConditionEvaluationResult.enabled("there is a cluster"));
    }
  }
}
