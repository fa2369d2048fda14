package io.triport.objects.wire;

import io.triport.domain.request.Bytes;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes one document. Characters that XML 1.0 cannot carry are written as references, as S3 does. For one thread. */
public final class XmlWriter {
    /** What every document begins with. */
    public static final Bytes DECLARATION = Bytes.utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    private static final String S3 = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final String HEAD = DECLARATION.toUtf8();

    private final StringBuilder text = new StringBuilder(512).append(HEAD);
    private final Deque<String> open = new ArrayDeque<>();

    private XmlWriter() {}

    /** A document without a namespace. */
    public static XmlWriter plain(String root) {
        return new XmlWriter().begin(root);
    }

    /** One of S3's. */
    public static XmlWriter of(String root) {
        return within(root, S3);
    }

    public static XmlWriter within(String root, String namespace) {
        var writer = new XmlWriter();
        writer.text
                .append('<')
                .append(root)
                .append(" xmlns=\"")
                .append(namespace)
                .append("\">");
        writer.open.push(root);
        return writer;
    }

    public XmlWriter begin(String name) {
        text.append('<').append(name).append('>');
        open.push(name);
        return this;
    }

    public XmlWriter end() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    public XmlWriter element(String name, String value) {
        text.append('<').append(name).append('>');
        escape(value);
        text.append("</").append(name).append('>');
        return this;
    }

    public XmlWriter element(String name, long value) {
        return element(name, Long.toString(value));
    }

    /** The grantee of an access list, which has its kind in an attribute. */
    public XmlWriter beginGrantee(String kind) {
        text.append("<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"")
                .append(kind)
                .append("\">");
        open.push("Grantee");
        return this;
    }

    /** Ends what is open. */
    public Bytes toBytes() {
        while (!open.isEmpty()) {
            end();
        }
        return Bytes.utf8(text.toString());
    }

    private void escape(String value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                default -> {
                    if (c < ' ' || c == 0x7F || c == 0xFFFE || c == 0xFFFF) {
                        text.append("&#").append((int) c).append(';');
                    } else {
                        text.append(c);
                    }
                }
            }
        }
    }
}
