package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.CorruptException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The secrets of an API server, made when they are missing and then kept.
 *
 * <p>The server makes its certificate itself, with an authority of its own beside it in the file;
 * nobody keeps that authority's key.
 */
record ServerKeys(ServerFolder folder) {
  private static final int KEY_BITS = 2048;
  private static final int TOKEN_BYTES = 32;

  /** The server's certificate is good for a year; it does not make another one by itself. */
  private static final Duration SPARE = Duration.ofDays(30);

  /** Makes what is missing, and removes a certificate that will soon be out of date. */
  void prepare() throws IOException {
    if (!Files.exists(folder.accountKey())) {
      new SecretFile(folder.accountKey()).write(newKey());
    }
    if (!Files.exists(folder.tokens())) {
      byte[] token = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(token);
      new SecretFile(folder.tokens())
          .write(HexFormat.of().formatHex(token) + ",administrator,1,\"system:masters\"\n");
    }
    if (Files.exists(folder.certificate()) && isSoonOver(folder.certificate())) {
      Files.delete(folder.certificate());
      Files.deleteIfExists(folder.certificateKey());
    }
  }

  /** What the administrator shows instead of a password. */
  String administratorToken() throws IOException {
    String line = Files.readString(folder.tokens());
    int end = line.indexOf(',');
    if (end < 0) {
      throw new CorruptException(folder.tokens().toString(), 0, "expected TOKEN,NAME,…");
    }
    return line.substring(0, end);
  }

  private static String newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      String lines =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(key);
      return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isSoonOver(Path certificate) throws IOException {
    try (InputStream bytes = Files.newInputStream(certificate)) {
      X509Certificate first =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
      return first.getNotAfter().toInstant().isBefore(Instant.now().plus(SPARE));
    } catch (CertificateException e) {
      return true; // Half of one, from a server that was killed: it makes another one.
    }
  }
}
