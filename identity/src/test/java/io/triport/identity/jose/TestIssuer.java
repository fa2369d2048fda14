package io.triport.identity.jose;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A key of an issuer, with what it publishes and signs. Signs by the platform, which our verifier uses for RSA only. */
public record TestIssuer(String kid, JwsAlgorithm algorithm, KeyPair pair) {
    public static TestIssuer of(String kid, JwsAlgorithm algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(
                    switch (algorithm.family()) {
                        case RSA, RSA_PSS -> "RSA";
                        case EC -> "EC";
                        case EDWARDS -> "Ed25519";
                        case HMAC -> throw new IllegalArgumentException("algorithm: " + algorithm);
                    });
            switch (algorithm.family()) {
                case EC ->
                    generator.initialize(new ECGenParameterSpec(curve(algorithm).standardName()));
                case RSA, RSA_PSS -> generator.initialize(2_048);
                default -> {}
            }
            return new TestIssuer(kid, algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** What a server of these keys answers. */
    public static String published(TestIssuer... keys) {
        return Stream.of(keys).map(TestIssuer::jwk).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    public String jwk() {
        var common = "\"kid\":\"" + kid + "\",\"use\":\"sig\"";
        return switch (pair.getPublic()) {
            case RSAPublicKey rsa ->
                "{\"kty\":\"RSA\"," + common + ",\"n\":\"" + number(rsa.getModulus(), 0) + "\",\"e\":\""
                        + number(rsa.getPublicExponent(), 0) + "\"}";
            case ECPublicKey ec -> {
                var length = curve(algorithm).bytes();
                yield "{\"kty\":\"EC\",\"crv\":\"P-" + name().substring(1) + "\"," + common + ",\"x\":\""
                        + number(ec.getW().getAffineX(), length) + "\",\"y\":\""
                        + number(ec.getW().getAffineY(), length) + "\"}";
            }
            case EdECPublicKey edwards -> {
                var info = edwards.getEncoded();
                yield "{\"kty\":\"OKP\",\"crv\":\"Ed25519\"," + common + ",\"x\":\""
                        + TestTokens.base64(Arrays.copyOfRange(info, info.length - 32, info.length)) + "\"}";
            }
            default -> throw new AssertionError(pair.getPublic());
        };
    }

    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    public String token(String claims) {
        return TestTokens.signed("{\"alg\":\"" + algorithm.text() + "\",\"kid\":\"" + kid + "\"}", claims, this::sign);
    }

    public byte[] sign(byte[] text) throws GeneralSecurityException {
        var signature = Signature.getInstance(
                switch (algorithm.family()) {
                    case RSA -> "SHA" + algorithm.hashBits() + "withRSA";
                    case RSA_PSS -> "RSASSA-PSS";
                    case EC -> "SHA" + algorithm.hashBits() + "withECDSAinP1363Format";
                    default -> "Ed25519";
                });
        if (algorithm.family() == JwsAlgorithm.Family.RSA_PSS) {
            var hash = "SHA-" + algorithm.hashBits();
            signature.setParameter(
                    new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), algorithm.hashBits() / 8, 1));
        }
        signature.initSign(pair.getPrivate());
        signature.update(text);
        return signature.sign();
    }

    private String name() {
        return curve(algorithm).name().toUpperCase(Locale.ROOT);
    }

    private static EcCurve curve(JwsAlgorithm algorithm) {
        return Stream.of(EcCurve.values())
                .filter(curve -> curve.algorithm() == algorithm)
                .findFirst()
                .orElseThrow();
    }

    private static String number(BigInteger number, int length) {
        var bytes = number.toByteArray();
        var start = bytes[0] == 0 ? 1 : 0;
        var bare = Arrays.copyOfRange(bytes, start, bytes.length);
        var padded = new byte[Math.max(length, bare.length)];
        System.arraycopy(bare, 0, padded, padded.length - bare.length, bare.length);
        return TestTokens.base64(padded);
    }
}
