package io.triport.manager.namespace;

import io.triport.domain.keyvalue.Namespace;
import io.triport.manager.answer.Fields;
import io.triport.manager.route.Call;

/** What a new namespace begins with, where the request asks for it. */
public interface NamespaceStart {
    /**
     * Reads the wish before there is a namespace.
     *
     * @param fields of the request
     * @throws io.triport.manager.answer.Refused where it cannot be met
     */
    Filling wished(Call call, Fields fields);

    /** What is to be written into the namespace. */
    @FunctionalInterface
    interface Filling {
        Filling NOTHING = (call, namespace) -> {};

        void into(Call call, Namespace namespace);
    }
}
