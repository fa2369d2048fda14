package io.triport.storage.table;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.JobError;
import io.triport.domain.table.JobId;
import io.triport.storage.jdbc.BytesConverter;

/** A row of job_error. */
@MappedEntity("job_error")
record StoredError(
        String job,
        @Id long number,

        @TypeDef(type = DataType.BYTE_ARRAY, converter = BytesConverter.class)
        Bytes item,

        String code,
        String message) {
    static StoredError of(JobId job, long number, JobError error) {
        return new StoredError(job.text(), number, Bytes.utf8(error.item()), error.code(), error.message());
    }

    JobError error() {
        return new JobError(number, item.toUtf8(), code, message);
    }
}
