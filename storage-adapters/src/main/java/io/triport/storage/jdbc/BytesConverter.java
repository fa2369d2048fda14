package io.triport.storage.jdbc;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import io.triport.domain.request.Bytes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Bytes as a column. One without bytes comes as null from the driver of SQLite. */
@Singleton
public final class BytesConverter implements AttributeConverter<Bytes, byte[]> {
    @Override
    public byte @Nullable [] convertToPersistedValue(@Nullable Bytes bytes, ConversionContext context) {
        return bytes == null ? null : bytes.toByteArray();
    }

    @Override
    public Bytes convertToEntityValue(byte @Nullable [] bytes, ConversionContext context) {
        return bytes == null ? Bytes.EMPTY : Bytes.copyOf(bytes);
    }
}
