package io.cloudlet.operator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The argument {@code check}: whether what serves {@code /readyz} somewhere is ready. For the test
 * of an installation, whose image has no other program that asks by HTTP.
 *
 * @param say takes a sentence for people
 * @param patience how long each gets to become ready
 * @param pause between two attempts
 */
record Check(Consumer<String> say, Duration patience, Duration pause) {
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int NOT_READY = 1;
  private static final int USAGE = 2;

  /** With the patience that a cluster needs which has just started everything. */
  Check(Consumer<String> say) {
    this(say, Duration.ofMinutes(1), Duration.ofSeconds(1));
  }

  /**
   * Asks one after the other.
   *
   * @param arguments {@code check}, and URLs
   * @return an exit code: 0 when all are ready, 1 when one is not, 2 for other arguments
   */
  int run(String... arguments) throws InterruptedException {
    if (arguments.length < 2 || !arguments[0].equals("check")) {
      say.accept("cloudlet-operator: takes no arguments, or check URL..., or vms-left");
      return USAGE;
    }
    List<String> urls = Arrays.asList(arguments).subList(1, arguments.length);
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
      for (String url : urls) {
        String trouble = await(client, HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER));
        say.accept(url + ": " + (trouble.isEmpty() ? "ready" : trouble));
        if (!trouble.isEmpty()) {
          return NOT_READY;
        }
      }
      return 0;
    } catch (IllegalArgumentException e) {
      say.accept("cloudlet-operator: no URL: " + e.getMessage());
      return USAGE;
    }
  }

  /** What it lacks at the end; empty when it is ready. */
  private String await(HttpClient client, HttpRequest.Builder request) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      String trouble = ask(client, request.build());
      if (trouble.isEmpty() || System.nanoTime() >= end) {
        return trouble;
      }
      Thread.sleep(pause);
    }
  }

  private static String ask(HttpClient client, HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == OK ? "" : answer.statusCode() + " " + answer.body().strip();
    } catch (IOException e) {
      return "no answer: " + e;
    }
  }
}
