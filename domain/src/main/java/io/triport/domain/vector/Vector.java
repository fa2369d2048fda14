package io.triport.domain.vector;

/** A vector with what belongs to it. An upsert replaces all of it. */
public record Vector(VectorId id, VectorNamespace namespace, VectorValues values, VectorMetadata metadata) {
    /** Without namespace and metadata. */
    public static Vector of(String id, float... values) {
        return new Vector(VectorId.of(id), VectorNamespace.NONE, VectorValues.of(values), VectorMetadata.NONE);
    }

    public Vector with(VectorMetadata other) {
        return new Vector(id, namespace, values, other);
    }

    public Vector in(VectorNamespace other) {
        return new Vector(id, other, values, metadata);
    }
}
