package io.triport.identity.signer;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Makes private keys for {@link SignerKey}, as {@code triport keygen oidc} does. */
public final class PrivateKeyPem {
    static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    static final String END = "-----END PRIVATE KEY-----";

    private static final int RSA_BITS = 3072;
    private static final int LINE = 64;

    private PrivateKeyPem() {}

    /** A new key as PKCS#8 in PEM, ending with a line feed. RSA keys have 3072 bits. */
    public static String generate(SigningAlgorithm algorithm) {
        try {
            var generator = switch (algorithm) {
                case RS256 -> rsa();
                case ES256 -> p256();
                case EDDSA -> KeyPairGenerator.getInstance("Ed25519");
            };
            var der = generator.generateKeyPair().getPrivate().getEncoded();
            var body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
            return BEGIN + "\n" + body + "\n" + END + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes keys of " + algorithm, e);
        }
    }

    private static KeyPairGenerator rsa() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        return generator;
    }

    private static KeyPairGenerator p256() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator;
    }
}
