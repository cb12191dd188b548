// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.squall.bpf.linux.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/// What libbpf would print to standard error, kept instead, for the exception of whatever failed.
final class LibbpfMessages {
  private static final int LEVEL_DEBUG = 2;
  private static final int BUFFER_BYTES = 8192;
  private static final int KEPT = 200;

  /// int vsnprintf(char *text, size_t size, const char *format, va_list arguments);
  private static final NativeFunction VSNPRINTF =
      new NativeFunction(() -> Linker.nativeLinker().defaultLookup(), "vsnprintf");

  private static final List<String> MESSAGES = new ArrayList<>();
  private static boolean capturing;

  private LibbpfMessages() {}

  /// From now on keeps messages and forgets older ones.
  @SuppressWarnings("restricted")
  static synchronized void capture() {
    MESSAGES.clear();
    if (capturing) {
      return;
    }
    FunctionDescriptor callback = FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    MemorySegment stub = Linker.nativeLinker().upcallStub(receiver(), callback, Arena.global());
    LibbpfBindings.SET_PRINT.call(stub.address());
    capturing = true;
  }

  private static MethodHandle receiver() {
    MethodType type =
        MethodType.methodType(int.class, int.class, MemorySegment.class, MemorySegment.class);
    try {
      return MethodHandles.lookup().findStatic(LibbpfMessages.class, "receive", type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("LibbpfMessages.receive", e);
    }
  }

  /// Called by libbpf. On every ABI that Squall runs on a `va_list` argument arrives as a pointer.
  /// An exception that left here would end the JVM.
  @SuppressWarnings("UnusedMethod") // by native code
  private static int receive(int level, MemorySegment format, MemorySegment arguments) {
    if (level >= LEVEL_DEBUG) {
      return 0;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(BUFFER_BYTES);
      VSNPRINTF.call(text.address(), BUFFER_BYTES, format.address(), arguments.address());
      keep(text.getString(0));
    } catch (Throwable ignored) {
      return 0;
    }
    return 0;
  }

  private static synchronized void keep(String message) {
    if (MESSAGES.size() < KEPT) {
      MESSAGES.add(message.stripTrailing().replaceFirst("^libbpf: ", ""));
    }
  }

  /// The messages since [#capture], as a log.
  static synchronized VerifierLog take() {
    return new VerifierLog(String.join("\n", MESSAGES));
  }
}
