package io.cloudlet.sidecar.store;

/** Is told how a fetch of a remote file goes on. Called from several threads. */
public interface FetchListener {
  /** Ignores everything. */
  FetchListener NONE = (arrived, total) -> {};

  /**
   * The server sends whole files only: everything is fetched, one byte after the other, before the
   * first byte can be used.
   *
   * @param url without credentials
   */
  default void withoutRanges(String url) {}

  /**
   * A request has brought nothing, and another one follows.
   *
   * @param url without credentials
   * @param why a few words, without a full stop
   */
  default void failed(String url, String why) {}

  /**
   * More bytes have arrived.
   *
   * @param arrived bytes so far
   * @param total bytes in all, or -1 when the server does not say
   */
  void fetched(long arrived, long total);
}
