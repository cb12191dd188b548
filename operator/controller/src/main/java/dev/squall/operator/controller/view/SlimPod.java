// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pod as it is read: only what becomes a [PodRecord]. A whole pod is 5 times as large.
@Group("")
@Version("v1")
@Kind("Pod")
@Plural("pods")
@Singular("pod")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonDeserialize(using = JsonDeserializer.None.class)
public final class SlimPod implements HasMetadata, Namespaced {
  private static final long serialVersionUID = 1;

  private ObjectMeta metadata = new ObjectMeta();
  private transient Spec spec = Spec.EMPTY;
  private transient Status status = Status.EMPTY;

  /// Of `spec`.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Spec(
      @Nullable String nodeName,
      @Nullable Boolean hostNetwork,
      @Nullable String serviceAccountName,
      @Nullable String restartPolicy,
      @Nullable String schedulerName) {
    static final Spec EMPTY = new Spec(null, null, null, null, null);
  }

  /// Of `status`.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Status(
      @Nullable String phase, @Nullable List<Address> podIPs, @Nullable String nominatedNodeName) {
    static final Status EMPTY = new Status(null, null, null);
  }

  /// One of a pod's addresses.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Address(String ip) {}

  @Override
  public String getKind() {
    return "Pod";
  }

  /// Says nothing new.
  public void setKind(String kind) {}

  @Override
  public String getApiVersion() {
    return "v1";
  }

  @Override
  public void setApiVersion(String version) {}

  @Override
  public ObjectMeta getMetadata() {
    return metadata;
  }

  @Override
  @JsonDeserialize(using = SlimMetadata.class)
  public void setMetadata(ObjectMeta metadata) {
    this.metadata = metadata;
  }

  public Spec getSpec() {
    return spec;
  }

  /// @param spec null as in an object without one
  public void setSpec(@Nullable Spec spec) {
    this.spec = spec == null ? Spec.EMPTY : spec;
  }

  public Status getStatus() {
    return status;
  }

  /// @param status null as in an object without one
  public void setStatus(@Nullable Status status) {
    this.status = status == null ? Status.EMPTY : status;
  }
}
