package io.triport.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that signs certificates for tests. */
final class TestAuthority {
    private static final char[] PASSWORD = "test".toCharArray();
    private static final Date BEGIN = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
    private static final Date END = Date.from(Instant.parse("2120-01-01T00:00:00Z"));
    private static final String NAME = "CN=authority";
    private static final String CLIENT = "client";

    private final KeyPair keys = keys();
    private final X509Certificate certificate = sign(NAME, keys, "");
    private long serial = 1;

    /** A key with its certificate. */
    record Credential(KeyPair keys, X509Certificate certificate) {
        Path certFile(Path file) {
            return pem(file, "CERTIFICATE", encoded(certificate));
        }

        /** That only its owner may read. */
        Path keyFile(Path file) {
            return pem(file, "PRIVATE KEY", keys.getPrivate().getEncoded());
        }
    }

    /** @param address for which the certificate is */
    Credential issue(String subject, String address) {
        var own = keys();
        return new Credential(own, sign(subject, own, address));
    }

    /** Of a client, and of nothing else. */
    Credential client(String subject) {
        var own = keys();
        return new Credential(own, sign(subject, own, CLIENT));
    }

    /** The list of what it took back. */
    byte[] revocations(Credential... revoked) {
        try {
            var list = new JcaX509v2CRLBuilder(new X500Principal(NAME), BEGIN).setNextUpdate(END);
            for (var each : revoked) {
                list.addCRLEntry(each.certificate().getSerialNumber(), BEGIN, CRLReason.keyCompromise);
            }
            return list.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Its own certificate. */
    Path file(Path file) {
        return pem(file, "CERTIFICATE", encoded(certificate));
    }

    /** A server, or a client, that is this one and believes this authority. */
    SSLContext context(Credential own) {
        try {
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var shown = KeyStore.getInstance("PKCS12");
            shown.load(null, null);
            shown.setKeyEntry("own", own.keys().getPrivate(), PASSWORD, new X509Certificate[] {own.certificate()});
            var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(shown, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate sign(String subject, KeyPair own, String address) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Principal(NAME),
                    BigInteger.valueOf(serial++),
                    BEGIN,
                    END,
                    new X500Principal(subject),
                    own.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(address.isEmpty()));
            if (address.equals(CLIENT)) {
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            } else if (!address.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Path pem(Path file, String type, byte[] der) {
        try {
            var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
