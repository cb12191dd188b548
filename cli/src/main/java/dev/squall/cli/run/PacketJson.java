// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.squall.fault.HitPacket;
import dev.squall.target.IpPrefix;
import dev.squall.target.TcpFlag;
import java.io.IOException;

/// The fields of a JSON event `packet`.
final class PacketJson {
  private PacketJson() {}

  static void write(JsonGenerator json, HitPacket packet) throws IOException {
    json.writeStringField("time", packet.time().toString());
    json.writeStringField("fault", packet.fault().name());
    json.writeStringField("parameters", packet.fault().describe());
    json.writeStringField("direction", packet.direction().toString());
    json.writeStringField("interface", packet.where().name());
    json.writeStringField("target", packet.where().target().describe());
    writeFrame(json, packet.frame());
  }

  private static void writeFrame(JsonGenerator json, HitPacket.Frame frame) throws IOException {
    json.writeStringField("protocol", PacketText.protocol(frame));
    writeEnd(json, "source", frame.source());
    writeEnd(json, "destination", frame.destination());
    json.writeNumberField("bytes", frame.bytes());
    json.writeNumberField("segments", frame.segments());
    json.writeArrayFieldStart("tcpFlags");
    for (TcpFlag flag : frame.tcpFlags()) {
      json.writeString(flag.toString());
    }
    json.writeEndArray();
  }

  private static void writeEnd(JsonGenerator json, String name, HitPacket.End end)
      throws IOException {
    json.writeStringField(name, IpPrefix.host(end.address()).toString());
    if (end.port() != 0) {
      json.writeNumberField(name + "Port", end.port());
    }
  }
}
