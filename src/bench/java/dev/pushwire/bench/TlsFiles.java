package dev.pushwire.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate, in the formats that servers need.
 *
 * @param store key and certificate in PKCS 12
 * @param certificate PEM
 * @param key PEM
 */
record TlsFiles(Path store, Path certificate, Path key) {
    static final String PASSWORD = "changeit";
    private static final String ALIAS = "bench";

    /** @param algorithm the kind of key that keytool makes: {@code EC} on P-256, or {@code RSA} with 2,048 bits */
    static TlsFiles make(Path directory, String algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        Files.createDirectories(directory);
        Path store = directory.resolve(algorithm + ".p12");
        Files.deleteIfExists(store);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                algorithm,
                algorithm.equals("EC") ? "-groupname" : "-keysize",
                algorithm.equals("EC") ? "secp256r1" : "2048",
                "-dname",
                "CN=localhost",
                "-validity",
                "30",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("keytool made no certificate");
        }
        KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        TlsFiles files =
                new TlsFiles(store, directory.resolve(algorithm + ".crt"), directory.resolve(algorithm + ".key"));
        Files.writeString(
                files.certificate, pem("CERTIFICATE", made.getCertificate(ALIAS).getEncoded()));
        Files.writeString(
                files.key,
                pem("PRIVATE KEY", made.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        return files;
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
    }
}
