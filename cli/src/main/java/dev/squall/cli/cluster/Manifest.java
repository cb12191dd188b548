// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.operator.api.v1alpha1.ExperimentMapper;
import dev.squall.operator.api.v1alpha1.ExperimentResource;
import dev.squall.operator.api.v1alpha1.FieldProblem;
import dev.squall.operator.api.v1alpha1.InvalidResourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The objects of a file, checked as far as that is possible without a cluster.
public final class Manifest {
  private static final Set<ObjectType> TYPES =
      Set.of(
          ObjectType.EXPERIMENT,
          ObjectType.EXPERIMENT_SCHEDULE,
          ObjectType.SQUALL_POLICY,
          ObjectType.NETWORK_CHAOS,
          ObjectType.SCHEDULE);

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final String file;
  private final List<ManifestObject> objects;
  private final List<String> problems = new ArrayList<>();

  private Manifest(String file, List<ManifestObject> objects) {
    this.file = file;
    this.objects = objects;
  }

  /// @param file its name, for messages
  /// @throws InvalidManifestException with all that is wrong in it
  public static Manifest read(String file, String text) {
    Manifest manifest = new Manifest(file, ManifestReader.read(file, text));
    if (manifest.objects.isEmpty()) {
      manifest.problems.add(file + ": there is no object in it");
    }
    manifest.objects.forEach(manifest::check);
    manifest.throwIfWrong();
    return manifest;
  }

  /// The objects in the order of the file, in the namespaces where they belong.
  ///
  /// @param asked where all of them are to be; null: where each of them says
  /// @param usual where those are to be that say nothing; asked for only then
  /// @throws InvalidManifestException when one says something else than what was asked for
  public Map<ObjectKey, JsonNode> objects(@Nullable String asked, Supplier<String> usual) {
    Map<ObjectKey, JsonNode> placed = new LinkedHashMap<>();
    for (ManifestObject item : objects) {
      ObjectNode object = item.object().deepCopy();
      ObjectType type = ObjectType.of(object).orElseThrow();
      if (type.isNamespaced()) {
        object.withObject("/metadata").put("namespace", namespace(item, asked, usual));
      }
      placed.put(ObjectKey.of(type, object), object);
    }
    throwIfWrong();
    return placed;
  }

  private String namespace(ManifestObject item, @Nullable String asked, Supplier<String> usual) {
    String own = item.text("/metadata/namespace");
    if (own.isEmpty()) {
      return asked == null ? usual.get() : asked;
    }
    if (asked != null && !asked.equals(own)) {
      add(item, "metadata.namespace", "%s, but --namespace says %s".formatted(own, asked));
    }
    return own;
  }

  private void check(ManifestObject item) {
    Optional<ObjectType> type = ObjectType.of(item.object()).filter(TYPES::contains);
    if (type.isEmpty()) {
      add(item, "kind", unknownKind(item));
      return;
    }
    if (item.text("/metadata/name").isEmpty()) {
      add(item, "metadata", "write a name, as in metadata: {name: checkout}");
    } else if (type.get() == ObjectType.EXPERIMENT) {
      checkExperiment(item);
    }
  }

  private static String unknownKind(ManifestObject item) {
    return "%s of %s: squall applies Experiment, ExperimentSchedule and SquallPolicy of %s,"
            .formatted(
                item.text("/kind").isEmpty() ? "an object without a kind" : item.text("/kind"),
                item.text("/apiVersion").isEmpty() ? "no apiVersion" : item.text("/apiVersion"),
                ObjectType.EXPERIMENT.apiVersion())
        + " NetworkChaos and Schedule of %s; kubectl applies the rest"
            .formatted(ObjectType.NETWORK_CHAOS.apiVersion());
  }

  private void checkExperiment(ManifestObject item) {
    try {
      ExperimentResource resource = JSON.treeToValue(item.object(), ExperimentResource.class);
      if (resource.getMetadata().getNamespace() == null) {
        resource.getMetadata().setNamespace("default");
      }
      ExperimentMapper.experiment(resource);
    } catch (InvalidResourceException invalid) {
      for (FieldProblem problem : invalid.problems()) {
        add(item, problem.path(), problem.message());
      }
    } catch (JsonProcessingException wrongType) {
      add(item, "spec", wrongType.getOriginalMessage());
    }
  }

  private void add(ManifestObject item, String path, String message) {
    problems.add("%s:%d: %s: %s".formatted(file, item.lineOf(path), path, message));
  }

  private void throwIfWrong() {
    if (!problems.isEmpty()) {
      throw new InvalidManifestException(problems);
    }
  }
}
