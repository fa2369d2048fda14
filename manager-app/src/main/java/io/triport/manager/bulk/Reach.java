package io.triport.manager.bulk;

import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Job;
import io.triport.manager.job.JobFailed;
import io.triport.manager.job.JobParameters;
import io.triport.manager.key.KeySpace;
import io.triport.manager.key.KeyUnit;
import io.triport.manager.key.KeyUnits;
import io.triport.manager.repeat.Effect;
import io.triport.manager.route.Author;

/** What the person of a job reaches of namespaces, by their ids, whatever they are called by now. */
record Reach(KeyUnits units, Author by) {
    static Reach of(KeyUnits units, Grant person, Job job) {
        return new Reach(
                units,
                new Author(person, job.order().user(), JobParameters.of(job).source(), Effect.unnamed(person)));
    }

    /** @throws JobFailed where there is no such namespace any more */
    KeySpace reading(Storage storage, String namespace) {
        return new KeySpace(storage, by.grant(), find(storage, namespace).title());
    }

    /** @param unit of {@code Storage.together} @throws JobFailed where there is no such namespace any more */
    KeyUnit writing(Storage unit, String namespace) {
        return units.within(unit, by, find(unit, namespace));
    }

    private Namespace find(Storage storage, String namespace) {
        return storage.resources(by.grant())
                .find(new NamespaceId(namespace))
                .orElseThrow(() -> new JobFailed("namespace_not_found", "The namespace is gone"));
    }
}
