"""Who is there: people, groups and rooms of one Workspace domain."""

from __future__ import annotations

from dataclasses import dataclass, field

from .answers import not_found


@dataclass(slots=True, kw_only=True)
class Person:
    address: str
    name: str
    zone: str
    directory_id: str
    suspended: bool = False

    @property
    def chat_name(self) -> str:
        return f"users/{self.directory_id}"


@dataclass(slots=True, kw_only=True)
class Directory:
    """Addresses in lower case; whoever is not here is outside Google."""

    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    """Address and name."""

    def add_person(self, address: str, name: str, zone: str) -> Person:
        number = 117_512_345_678_901_234_000 + len(self.people) + 1
        person = Person(address=address.lower(), name=name, zone=zone, directory_id=str(number))
        self.people[person.address] = person
        return person

    def person(self, address: str) -> Person:
        try:
            return self.people[address.lower()]
        except KeyError as err:
            raise not_found(f"no such person: {address}") from err

    def by_chat_name(self, chat_name: str) -> Person | None:
        key = chat_name.removeprefix("users/")
        for person in self.people.values():
            if key in (person.directory_id, person.address):
                return person
        return None

    def expand(self, addresses: list[str]) -> list[str]:
        """People behind a guest list: a group stands for its members, once each."""
        found: dict[str, None] = {}
        for address in addresses:
            for member in self.groups.get(address.lower(), (address.lower(),)):
                if member in self.people:
                    found[member] = None
        return list(found)

    def is_outside(self, address: str) -> bool:
        key = address.lower()
        return key not in self.people and key not in self.groups and key not in self.rooms
