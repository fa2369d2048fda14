package io.triport.domain.vector;

import java.util.Optional;

/** A property of metadata that vectors can be searched by. */
public record MetadataField(PropertyName name, Type type) {
    /** What an index is made of; a property that has another type in a vector is not in it. */
    public enum Type {
        STRING,
        NUMBER,
        BOOLEAN
    }

    public static MetadataField of(String name, Type type) {
        return new MetadataField(new PropertyName(name), type);
    }

    /** What the index has of a vector with this metadata. */
    public Optional<FieldValue> value(VectorMetadata metadata) {
        return metadata.find(name).flatMap(Json::field).filter(value -> value.type() == type);
    }
}
