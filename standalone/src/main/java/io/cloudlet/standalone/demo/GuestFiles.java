package io.cloudlet.standalone.demo;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.cloudlet.api.v1alpha1.Download;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Serves the files of a guest to this machine, in the place of a site that has images. */
final class GuestFiles implements AutoCloseable {
  private static final int BLOCK = 1 << 20;

  private final Path folder;
  private final HttpServer server;

  /** Serves a folder; the guest's files have to lie in it. */
  GuestFiles(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
    this.server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            this.folder,
            SimpleFileServer.OutputLevel.NONE);
    server.start();
  }

  /** Where a file is, and what it has to be. */
  Download download(Path file) throws IOException {
    if (!file.toAbsolutePath().startsWith(folder)) {
      throw new CloudletException(file + " does not lie in " + folder);
    }
    InetSocketAddress address = server.getAddress();
    String path = folder.relativize(file.toAbsolutePath()).toString();
    String url = "http://" + address.getHostString() + ":" + address.getPort() + "/" + path;
    return new Download(url, digest(file).toString());
  }

  private static Digest digest(Path file) throws IOException {
    MessageDigest sha256 = Digest.newSha256();
    byte[] block = new byte[BLOCK];
    try (InputStream content = Files.newInputStream(file)) {
      for (int n = content.read(block); n >= 0; n = content.read(block)) {
        sha256.update(block, 0, n);
      }
    }
    return Digest.of(sha256.digest());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
