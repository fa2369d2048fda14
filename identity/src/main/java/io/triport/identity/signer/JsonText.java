package io.triport.identity.signer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.triport.domain.identity.ClaimValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes JSON without blanks, members in the order given: the same tree is always the same bytes. */
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    public static String of(ClaimValue value) {
        var text = new StringWriter();
        try (var generator = FACTORY.createGenerator(text)) {
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static ClaimValue text(String text) {
        return new ClaimValue.Text(text);
    }

    static ClaimValue texts(List<String> texts) {
        return new ClaimValue.Listing(texts.stream().map(JsonText::text).toList());
    }

    private static void write(JsonGenerator generator, ClaimValue value) throws IOException {
        switch (value) {
            case ClaimValue.Text(var text) -> generator.writeString(text);
            case ClaimValue.Numeric(var number) -> generator.writeNumber(number.toPlainString());
            case ClaimValue.Flag(var flag) -> generator.writeBoolean(flag);
            case ClaimValue.Nothing nothing -> generator.writeNull();
            case ClaimValue.Listing(var items) -> {
                generator.writeStartArray();
                for (var item : items) {
                    write(generator, item);
                }
                generator.writeEndArray();
            }
            case ClaimValue.Members(var members) -> {
                generator.writeStartObject();
                for (var member : members.entrySet()) {
                    generator.writeFieldName(member.getKey());
                    write(generator, member.getValue());
                }
                generator.writeEndObject();
            }
        }
    }
}
