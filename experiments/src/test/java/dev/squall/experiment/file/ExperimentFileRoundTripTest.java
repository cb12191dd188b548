// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.experiment.ArbitraryExperiments;
import dev.squall.experiment.Experiment;
import dev.squall.fault.Fault;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExperimentFileRoundTripTest {

  @Property
  void whatIsWrittenIsReadAsTheSame(@ForAll("experiments") Experiment experiment) {
    String text = ExperimentFile.write(experiment);

    assertThat(ExperimentFile.parse("written.yaml", text)).as(text).containsExactly(experiment);
  }

  @Property(tries = 200)
  void whatIsWrittenFollowsTheSchema(@ForAll("experiments") Experiment experiment) {
    String text = ExperimentFile.write(experiment);

    assertThat(JsonSchemas.violations(text)).as(text).isEmpty();
  }

  @Property(tries = 50)
  void writtenDocumentsCanBeJoined(
      @ForAll("experiments") Experiment first, @ForAll("experiments") Experiment second) {
    String text = ExperimentFile.write(first) + "---\n" + ExperimentFile.write(second);

    assertThat(ExperimentFile.parse("written.yaml", text)).containsExactly(first, second);
  }

  @Example
  void everyKindOfFaultIsAmongThem() {
    assertThat(ArbitraryExperiments.FAULTS.keySet())
        .containsExactlyInAnyOrder(permitted(Fault.class.getPermittedSubclasses()));
  }

  @Provide
  Arbitrary<Experiment> experiments() {
    return ArbitraryExperiments.experiments();
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends Fault>[] permitted(Class<?>[] subclasses) {
    return (Class<? extends Fault>[]) subclasses;
  }
}
