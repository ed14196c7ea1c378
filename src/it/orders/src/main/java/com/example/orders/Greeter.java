package com.example.orders;

import dev.pushwire.push.Topics;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Greeter {
    private final Topics topics;

    Greeter(Topics topics) {
        this.topics = topics;
    }

    @PostMapping("/greet")
    void greet(@RequestBody String name) {
        topics.publish("greetings", "hello " + name);
    }
}
