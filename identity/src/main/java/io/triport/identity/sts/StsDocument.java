package io.triport.identity.sts;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.RequestId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Answers as XML (AWS Security Token Service API reference, version 2011-06-15). All text is escaped. */
public final class StsDocument {
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private StsDocument() {}

    public static Bytes of(StsAnswer answer, RequestId request) {
        var bytes = new ByteArrayOutputStream();
        try {
            var xml = FACTORY.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            xml.writeStartDocument("UTF-8", "1.0");
            switch (answer) {
                case StsAnswer.Assumed assumed ->
                    result(xml, "AssumeRole", request, () -> {
                        credentials(xml, assumed.credentials());
                        user(xml, assumed.user());
                        policy(xml, assumed.policyPercent());
                    });
                case StsAnswer.AssumedByToken assumed ->
                    result(xml, "AssumeRoleWithWebIdentity", request, () -> {
                        credentials(xml, assumed.credentials());
                        user(xml, assumed.user());
                        texts(
                                xml,
                                List.of(
                                        Map.entry("SubjectFromWebIdentityToken", assumed.subject()),
                                        Map.entry("Audience", assumed.audience()),
                                        Map.entry("Provider", assumed.provider())));
                        policy(xml, assumed.policyPercent());
                    });
                case StsAnswer.SessionToken(var credentials) ->
                    result(xml, "GetSessionToken", request, () -> credentials(xml, credentials));
                case StsAnswer.Caller(var arn, var userId) ->
                    result(
                            xml,
                            "GetCallerIdentity",
                            request,
                            () -> texts(
                                    xml,
                                    List.of(
                                            Map.entry("Arn", arn),
                                            Map.entry("UserId", userId),
                                            Map.entry("Account", Caller.account()))));
                case StsAnswer.Refused(var problem) -> error(xml, problem, request);
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("memory takes what fits into it", e);
        }
        return Bytes.copyOf(bytes.toByteArray());
    }

    /** A part of a document. */
    private interface Part {
        void write() throws XMLStreamException;
    }

    private static void result(XMLStreamWriter xml, String action, RequestId request, Part part)
            throws XMLStreamException {
        root(xml, action + "Response");
        element(xml, action + "Result", part);
        element(xml, "ResponseMetadata", () -> text(xml, "RequestId", request.text()));
    }

    private static void error(XMLStreamWriter xml, StsProblem problem, RequestId request) throws XMLStreamException {
        root(xml, "ErrorResponse");
        var ours = problem.code() == StsProblem.Code.UNAVAILABLE;
        element(
                xml,
                "Error",
                () -> texts(
                        xml,
                        List.of(
                                Map.entry("Type", ours ? "Receiver" : "Sender"),
                                Map.entry("Code", problem.code().text()),
                                Map.entry("Message", problem.message()))));
        text(xml, "RequestId", request.text());
    }

    private static void credentials(XMLStreamWriter xml, StsAnswer.Credentials credentials) throws XMLStreamException {
        element(
                xml,
                "Credentials",
                () -> texts(
                        xml,
                        List.of(
                                Map.entry("AccessKeyId", credentials.id().text()),
                                Map.entry(
                                        "SecretAccessKey",
                                        credentials.secret().use(bytes -> new String(bytes, StandardCharsets.UTF_8))),
                                Map.entry("SessionToken", credentials.token()),
                                Map.entry(
                                        "Expiration", DateTimeFormatter.ISO_INSTANT.format(credentials.expiresAt())))));
    }

    private static void user(XMLStreamWriter xml, StsAnswer.AssumedRole user) throws XMLStreamException {
        element(
                xml,
                "AssumedRoleUser",
                () -> texts(xml, List.of(Map.entry("Arn", user.arn()), Map.entry("AssumedRoleId", user.roleId()))));
    }

    private static void policy(XMLStreamWriter xml, int percent) throws XMLStreamException {
        if (percent > 0) {
            text(xml, "PackedPolicySize", Integer.toString(percent));
        }
    }

    private static void root(XMLStreamWriter xml, String name) throws XMLStreamException {
        xml.setDefaultNamespace(NAMESPACE);
        xml.writeStartElement(NAMESPACE, name);
        xml.writeDefaultNamespace(NAMESPACE);
    }

    private static void element(XMLStreamWriter xml, String name, Part part) throws XMLStreamException {
        xml.writeStartElement(NAMESPACE, name);
        part.write();
        xml.writeEndElement();
    }

    private static void texts(XMLStreamWriter xml, List<Map.Entry<String, String>> texts) throws XMLStreamException {
        for (var entry : texts) {
            text(xml, entry.getKey(), entry.getValue());
        }
    }

    /** XML 1.0 has no form for most control characters, which a subject may not have anyway. */
    private static void text(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(NAMESPACE, name);
        xml.writeCharacters(text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "\uFFFD"));
        xml.writeEndElement();
    }
}
