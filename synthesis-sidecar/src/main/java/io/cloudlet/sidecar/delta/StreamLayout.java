package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.overlay.OverlayLimits;
import io.cloudlet.sidecar.overlay.VarintReader;
import io.cloudlet.sidecar.overlay.VarintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * How a migration stream in a file was laid out between its preamble and its device state: enough
 * to write the same bytes again from the content of memory.
 *
 * @param length bytes of this part of the stream
 * @param stream SHA-256 of the whole stream
 * @param images positions of the memory blocks in the overlay's list of images
 * @param steps varints, as {@link StreamStep} says
 * @param literals bytes that the steps copy
 */
record StreamLayout(
    long length, Digest stream, List<Integer> images, VarintReader steps, VarintReader literals) {
  private static final String NAME = "stream-layout";

  static byte[] encode(
      long length, Digest stream, List<Integer> images, byte[] steps, byte[] literals) {
    VarintWriter out = new VarintWriter();
    out.unsigned(length);
    out.raw(stream.bytes());
    out.unsigned(images.size());
    for (int image : images) {
      out.unsigned(image);
    }
    out.unsigned(steps.length);
    out.unsigned(literals.length);
    out.raw(steps);
    out.raw(literals);
    return out.toBytes();
  }

  static StreamLayout decode(byte[] blob, String source, long offset) throws CorruptException {
    VarintReader in = new VarintReader(blob, NAME, source, offset);
    long length = in.unsigned();
    Digest stream = Digest.of(in.raw(Digest.BYTES));
    int count = in.unsigned(OverlayLimits.IMAGES, "number of blocks");
    List<Integer> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(in.unsigned(OverlayLimits.IMAGES - 1, "image"));
    }
    int steps = in.unsigned(in.remaining(), "length of steps");
    int literals = in.unsigned(in.remaining(), "length of literals");
    StreamLayout layout =
        new StreamLayout(length, stream, images, in.slice(steps), in.slice(literals));
    in.requireEnd();
    return layout;
  }
}
