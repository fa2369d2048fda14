package io.triport.storage.durable;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.SocketLink;
import java.util.Optional;

/** What other nodes hand on to this one, which is not handed on once more. Safe for many threads. */
public interface HandedOn {
    Handing<ObjectAnswer> ask(HandedEvent event);

    Handing<Optional<SocketLink>> connect(HandedEvent event, ClientSocket client);
}
