// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads of an object's metadata what is kept: not who manages which field, half of the text.
final class SlimMetadata extends JsonDeserializer<ObjectMeta> {
  @Override
  public ObjectMeta deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    ObjectMeta metadata = new ObjectMeta();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "name" -> metadata.setName(parser.getText());
        case "namespace" -> metadata.setNamespace(parser.getText());
        case "uid" -> metadata.setUid(parser.getText());
        case "resourceVersion" -> metadata.setResourceVersion(parser.getText());
        case "deletionTimestamp" -> metadata.setDeletionTimestamp(parser.getText());
        case "labels" -> metadata.setLabels(map(parser));
        case "annotations" -> metadata.setAnnotations(shortOnes(map(parser)));
        case "ownerReferences" -> metadata.setOwnerReferences(controllers(parser, context));
        default -> parser.skipChildren();
      }
    }
    return metadata;
  }

  private static Map<String, String> map(JsonParser parser) throws IOException {
    Map<String, String> map = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      map.put(key, parser.getText());
    }
    return map;
  }

  private static Map<String, String> shortOnes(Map<String, String> annotations) {
    annotations.values().removeIf(value -> value.length() > PodRecord.LONGEST_ANNOTATION);
    return annotations;
  }

  private static List<OwnerReference> controllers(JsonParser parser, DeserializationContext context)
      throws IOException {
    List<OwnerReference> controllers = new ArrayList<>();
    while (parser.nextToken() != null && parser.currentToken() != JsonToken.END_ARRAY) {
      OwnerReference owner = context.readValue(parser, OwnerReference.class);
      if (Boolean.TRUE.equals(owner.getController())) {
        controllers.add(owner);
      }
    }
    return controllers;
  }
}
