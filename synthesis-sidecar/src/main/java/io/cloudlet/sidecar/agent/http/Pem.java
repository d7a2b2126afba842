package io.cloudlet.sidecar.agent.http;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of PEM (RFC 7468). */
record Pem(Path file) {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  /** Its certificates, at least one. */
  List<X509Certificate> certificates() throws IOException {
    byte[] text = read().getBytes(StandardCharsets.UTF_8);
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(text))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw new CloudletException(file + " holds no certificate; give a file of PEM");
      }
      return found;
    } catch (CertificateException e) {
      throw new CloudletException(file + " holds no certificates of PEM; give such a file", e);
    }
  }

  /** Its private key. Errors do not repeat any of it. */
  PrivateKey privateKey() throws IOException {
    Matcher found = PKCS8.matcher(read());
    if (!found.find()) {
      throw new CloudletException(
          file
              + " holds no private key of PKCS#8 without a password; convert it by 'openssl pkcs8"
              + " -topk8 -nocrypt'");
    }
    PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(decode(found.group(1)));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(key);
      } catch (GeneralSecurityException e) {
        // It is of another algorithm.
      }
    }
    throw new CloudletException(file + " holds a private key of none of " + ALGORITHMS);
  }

  private byte[] decode(String text) throws CloudletException {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new CloudletException(file + " is damaged: its key is no Base64; make it again");
    }
  }

  private String read() throws IOException {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (NoSuchFileException e) {
      throw new CloudletException("there is no file " + file + "; check the path", e);
    }
  }
}
