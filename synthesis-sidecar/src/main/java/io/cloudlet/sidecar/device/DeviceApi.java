package io.cloudlet.sidecar.device;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The calls of the API for device plugins. */
final class DeviceApi {
  /** The version that is spoken here. */
  static final String VERSION = "v1beta1";

  /** Name of the kubelet's socket, beside which plugins have theirs. */
  static final String KUBELET_SOCKET = "kubelet.sock";

  static final String PLUGIN = VERSION + ".DevicePlugin";
  static final String REGISTRATION = VERSION + ".Registration";

  /** A plugin calls the kubelet. */
  static final MethodDescriptor<RegisterRequest, Empty> REGISTER =
      method(MethodType.UNARY, REGISTRATION, "Register", RegisterRequest::decode, Empty::decode);

  /** The kubelet calls a plugin; the answer are the plugin's options. */
  static final MethodDescriptor<Empty, Empty> OPTIONS =
      method(MethodType.UNARY, PLUGIN, "GetDevicePluginOptions", Empty::decode, Empty::decode);

  /** The kubelet listens for as long as both live. */
  static final MethodDescriptor<Empty, DeviceList> LIST_AND_WATCH =
      method(
          MethodType.SERVER_STREAMING, PLUGIN, "ListAndWatch", Empty::decode, DeviceList::decode);

  /** The kubelet starts containers. */
  static final MethodDescriptor<AllocateRequest, AllocateResponse> ALLOCATE =
      method(
          MethodType.UNARY, PLUGIN, "Allocate", AllocateRequest::decode, AllocateResponse::decode);

  private DeviceApi() {}

  /** Reads a message. */
  private interface Decoder<T> {
    T decode(byte[] message) throws IOException;
  }

  private static <A extends Message, B extends Message> MethodDescriptor<A, B> method(
      MethodType type, String service, String name, Decoder<A> request, Decoder<B> response) {
    return MethodDescriptor.newBuilder(new Marshaller<>(request), new Marshaller<>(response))
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
        .build();
  }

  private record Marshaller<T extends Message>(Decoder<T> decoder)
      implements MethodDescriptor.Marshaller<T> {
    @Override
    public InputStream stream(T message) {
      return new ByteArrayInputStream(message.encode());
    }

    @Override
    public T parse(InputStream in) {
      try {
        return decoder.decode(in.readAllBytes());
      } catch (IOException e) {
        throw Status.INTERNAL.withDescription(e.getMessage()).withCause(e).asRuntimeException();
      }
    }
  }
}
