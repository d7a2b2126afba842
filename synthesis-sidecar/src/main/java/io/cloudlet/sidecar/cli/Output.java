package io.cloudlet.sidecar.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudlet.sidecar.node.Progress;
import java.io.PrintStream;

/** The two streams of a command: its result for whoever asked, and what it says meanwhile. */
final class Output {
  /** How results are written. */
  enum Format {
    /** For people. */
    text,
    /** For programs: one document per command. */
    json
  }

  private final PrintStream results;
  private final PrintStream messages;
  private final boolean terminal;
  private Format format = Format.text;
  private boolean quiet;

  Output(PrintStream results, PrintStream messages, boolean terminal) {
    this.results = results;
    this.messages = messages;
    this.terminal = terminal;
  }

  void configure(Format wanted, boolean silent) {
    format = wanted;
    quiet = silent;
  }

  /** A result: as JSON, or as text of lines. */
  void result(Object value, String text) {
    if (format == Format.json) {
      results.println(json(value));
    } else if (!text.isEmpty()) {
      results.println(text);
    }
    results.flush();
  }

  /** A sentence beside the result. */
  void say(String sentence) {
    if (!quiet) {
      messages.println(sentence);
    }
  }

  /** An error; shown whatever was asked for. */
  void error(String sentence) {
    messages.println("cloudlet: " + sentence);
  }

  /** For long work: a moving line on a terminal, plain lines elsewhere, nothing when quiet. */
  Progress progress() {
    if (quiet) {
      return Progress.SILENT;
    }
    return terminal ? new TerminalProgress(messages) : new LineProgress(messages);
  }

  PrintStream results() {
    return results;
  }

  PrintStream messages() {
    return messages;
  }

  private static String json(Object value) {
    try {
      return JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build()
          .writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
