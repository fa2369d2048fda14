package io.triport.storage.durable;

import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of one client to its object. */
record ObjectLink(Turns turns, RoomSocket socket) implements SocketLink {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    @Override
    public void message(SocketMessage message) {
        requireOpen();
        var answer = socket.object().room().answerTo(message);
        if (answer.isPresent()) {
            socket.client().send(answer.get());
        } else {
            deliver(turn -> {
                requireOpen();
                turn.instance().socketMessage(socket, message, turn);
            });
        }
    }

    @Override
    public void closed(SocketClose how) {
        if (!socket.object().room().remove(socket)) {
            return;
        }
        try {
            deliver(turn -> {
                if (turn.object() == socket.object()) {
                    turn.instance().socketClose(socket, how, turn);
                }
            });
        } catch (StorageFailure e) {
            LOG.warn("end of a socket not told class={} code={}", address().type(), e.code());
        } catch (RuntimeException e) {
            LOG.error("end of a socket failed class={}", address().type(), e);
        }
    }

    private interface Work {
        void on(Turn turn);
    }

    private void deliver(Work work) {
        turns.alone(address(), turn -> {
            work.on(turn);
            return ObjectAnswer.EMPTY;
        });
    }

    private Address address() {
        return socket.object().address();
    }

    private void requireOpen() {
        if (!socket.object().room().has(socket)) {
            throw new StorageFailure.Unavailable(FailureCode.FENCED, "socket: has ended");
        }
    }
}
