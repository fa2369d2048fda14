package io.triport.identity.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Claims as JSON, to and from. Reads only what was signed before, and is strict all the same. */
final class ClaimJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Claims.DEEPEST + 1)
                    .build())
            .build();

    private ClaimJson() {}

    static Bytes write(ClaimValue.Members members) {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            write(members, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.copyOf(bytes.toByteArray());
    }

    /** @throws InvalidInput for anything but one object */
    static ClaimValue.Members read(Bytes text) {
        try (var json = JSON.createParser(text.toByteArray())) {
            json.nextToken();
            if (read(json) instanceof ClaimValue.Members members && json.nextToken() == null) {
                return members;
            }
            throw new InvalidInput("claims", "one object of JSON");
        } catch (JsonProcessingException e) {
            throw new InvalidInput("claims", "one object of JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(ClaimValue value, JsonGenerator json) throws IOException {
        switch (value) {
            case ClaimValue.Text(var text) -> json.writeString(text);
            case ClaimValue.Numeric(var number) -> json.writeNumber(number.toPlainString());
            case ClaimValue.Flag(var flag) -> json.writeBoolean(flag);
            case ClaimValue.Nothing nothing -> json.writeNull();
            case ClaimValue.Listing(var items) -> {
                json.writeStartArray();
                for (var item : items) {
                    write(item, json);
                }
                json.writeEndArray();
            }
            case ClaimValue.Members(var members) -> {
                json.writeStartObject();
                for (var member : members.entrySet()) {
                    json.writeFieldName(member.getKey());
                    write(member.getValue(), json);
                }
                json.writeEndObject();
            }
        }
    }

    private static ClaimValue read(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> new ClaimValue.Text(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new ClaimValue.Numeric(json.getDecimalValue());
            case VALUE_TRUE -> new ClaimValue.Flag(true);
            case VALUE_FALSE -> new ClaimValue.Flag(false);
            case VALUE_NULL -> new ClaimValue.Nothing();
            case START_ARRAY -> {
                var items = new ArrayList<ClaimValue>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(json));
                }
                yield new ClaimValue.Listing(items);
            }
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, ClaimValue>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    var name = json.currentName();
                    json.nextToken();
                    members.put(name, read(json));
                }
                yield new ClaimValue.Members(members);
            }
            case null, default -> throw new InvalidInput("claims", "a value of JSON");
        };
    }
}
