package dev.pushwire.push;

/** Is told what clients do. Thread-safe. */
public interface ClientListener {
    /** A listener that wants no events. */
    ClientListener NONE = new ClientListener() {
        @Override
        public boolean isListening() {
            return false;
        }

        @Override
        public void happened(ClientEvent event) {}
    };

    /** Whether the listener wants events; if not, none need be made. It must not wait. */
    boolean isListening();

    /** Takes the next event of a client. It is called on a virtual thread, may block, and must not throw. */
    void happened(ClientEvent event);
}
