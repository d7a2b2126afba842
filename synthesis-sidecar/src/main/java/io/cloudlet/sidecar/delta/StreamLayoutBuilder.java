package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.overlay.VarintWriter;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Collects steps, joining those of a kind. */
final class StreamLayoutBuilder {
  /** A guest that ran while it was saved sent pages that were overwritten later. */
  private static final int MOST_LITERALS = 8 << 20;

  private final VarintWriter steps = new VarintWriter();
  private final ByteArrayOutputStream literals = new ByteArrayOutputStream();
  private StreamStep last = StreamStep.LITERAL;
  private long count;
  private int block;
  private long page;
  private boolean overflow;

  void literal(MemorySegment stream, long from, long to) {
    overflow |= to - from > MOST_LITERALS - literals.size();
    if (from < to && !overflow) {
      add(StreamStep.LITERAL, to - from);
      literals.writeBytes(stream.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE));
    }
  }

  /** Adds a step of one page, which moves on to the next page. */
  void page(StreamStep step, int ofBlock, long ofPage) {
    if (ofBlock != block || ofPage != page) {
      flush();
      steps.unsigned((long) ofBlock * StreamStep.CODES + StreamStep.MOVE.code());
      steps.signed(ofPage - page);
      block = ofBlock;
      page = ofPage;
    }
    add(step, 1);
    page++;
  }

  /** Whether there were too many literals; what was collected is then of no use. */
  boolean overflow() {
    return overflow;
  }

  byte[] steps() {
    flush();
    return steps.toBytes();
  }

  byte[] literalBytes() {
    return literals.toByteArray();
  }

  private void add(StreamStep step, long more) {
    if (step != last) {
      flush();
      last = step;
    }
    count += more;
  }

  private void flush() {
    if (count > 0) {
      steps.unsigned(count * StreamStep.CODES + last.code());
      count = 0;
    }
  }
}
