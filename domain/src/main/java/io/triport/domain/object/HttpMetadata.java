package io.triport.domain.object;

import java.util.Map;
import java.util.Optional;

/** The fields of the HTTP representation that are stored with an object and given back as they came. */
public record HttpMetadata(Map<Field, String> fields) {
    public static final HttpMetadata NONE = new HttpMetadata(Map.of());

    /** Fields that an object can have. */
    public enum Field {
        CACHE_CONTROL("Cache-Control"),
        CONTENT_DISPOSITION("Content-Disposition"),
        CONTENT_ENCODING("Content-Encoding"),
        CONTENT_LANGUAGE("Content-Language"),
        CONTENT_TYPE("Content-Type"),
        EXPIRES("Expires");

        private final String header;

        Field(String header) {
            this.header = header;
        }

        /** Its name in HTTP. */
        public String header() {
            return header;
        }
    }

    public HttpMetadata {
        fields = Map.copyOf(fields);
    }

    public Optional<String> get(Field field) {
        return Optional.ofNullable(fields.get(field));
    }
}
