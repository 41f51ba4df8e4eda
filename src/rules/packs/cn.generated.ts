// Made from packs/cn/cn.yaml by scripts/build-packs.mjs. Change that file, not this one.
import type { RulePack } from '../pack.js';

export const CN: RulePack = {
 "kind": "rules",
 "pack": "cn",
 "layer": "forum",
 "force": "mandatory",
 "needs": [
  "evidence.cn"
 ],
 "edges": [
  {
   "name": "consumer-seller",
   "creditor": "buyer",
   "debtor": "seller",
   "perJourney": false,
   "recourse": false,
   "requires": [
    {
     "op": "eq",
     "path": "creditor.consumer",
     "value": "yes"
    }
   ]
  },
  {
   "name": "seller-buyer",
   "creditor": "seller",
   "debtor": "buyer",
   "perJourney": false,
   "recourse": false,
   "requires": []
  },
  {
   "name": "shipper-carrier",
   "creditor": "sender",
   "debtor": "leg.holder",
   "perJourney": true,
   "recourse": true,
   "requires": []
  },
  {
   "name": "shipper-contracting-carrier",
   "creditor": "sender",
   "debtor": "contracting",
   "perJourney": true,
   "recourse": true,
   "requires": []
  }
 ],
 "issues": [
  {
   "name": "bad-at-delivery",
   "asks": {
    "en": "was it bad when it was delivered?",
    "zh": "交付时货物是否已损坏？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "delivery"
    }
   ],
   "reads": []
  },
  {
   "name": "bad-at-end",
   "asks": {
    "en": "was it bad when this carrier let it go?",
    "zh": "该承运人交出时货物是否已损坏？"
   },
   "pro": "claimant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage",
    "leg"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "leg.end"
    }
   ],
   "reads": []
  },
  {
   "name": "bad-at-last-end",
   "asks": {
    "en": "was it bad at delivery?",
    "zh": "送达时货物是否已损坏？"
   },
   "pro": "claimant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "delivery"
    }
   ],
   "reads": []
  },
  {
   "name": "bad-at-pickup",
   "asks": {
    "en": "was it bad when the carrier took it?",
    "zh": "承运人揽收时货物是否已损坏？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "pickup"
    }
   ],
   "reads": []
  },
  {
   "name": "bad-at-return-receipt",
   "asks": {
    "en": "was it bad when it came back?",
    "zh": "退回收货时货物是否已损坏？"
   },
   "pro": "seller",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "return-receipt"
    }
   ],
   "reads": []
  },
  {
   "name": "defect-at-delivery",
   "asks": {
    "en": "was the defect there when risk passed?",
    "zh": "风险转移时瑕疵是否已经存在？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "delivery"
    }
   ],
   "reads": [
    "defective"
   ]
  },
  {
   "name": "defective",
   "asks": {
    "en": "is there a defect?",
    "zh": "是否存在瑕疵？"
   },
   "pro": "buyer",
   "burden": "pro",
   "standard": "prima-facie",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "seen",
     "value": "bad"
    }
   ],
   "reads": []
  },
  {
   "name": "force-majeure",
   "asks": {
    "en": "was it force majeure?",
    "zh": "是否因不可抗力造成？"
   },
   "pro": "defendant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage",
    "leg"
   ],
   "shown": [
    {
     "shows": "fact",
     "predicate": "incident",
     "code": "force-majeure"
    }
   ],
   "reads": []
  },
  {
   "name": "good-at-first-start",
   "asks": {
    "en": "was it good at pickup?",
    "zh": "揽收时货物是否完好？"
   },
   "pro": "claimant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "good",
     "boundary": "pickup"
    }
   ],
   "reads": []
  },
  {
   "name": "good-at-start",
   "asks": {
    "en": "was it good when this carrier took it?",
    "zh": "该承运人接收时货物是否完好？"
   },
   "pro": "claimant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage",
    "leg"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "good",
     "boundary": "leg.start"
    }
   ],
   "reads": []
  },
  {
   "name": "handed-over",
   "asks": {
    "en": "was the item in this carrier's hands?",
    "zh": "货物是否曾在该承运人手中？"
   },
   "pro": "claimant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage",
    "leg"
   ],
   "shown": [
    {
     "shows": "custody"
    }
   ],
   "reads": []
  },
  {
   "name": "nature-of-goods",
   "asks": {
    "en": "was it the nature of the goods?",
    "zh": "是否因货物本身的自然性质或合理损耗造成？"
   },
   "pro": "defendant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage",
    "leg"
   ],
   "shown": [
    {
     "shows": "fact",
     "predicate": "incident",
     "code": "nature"
    },
    {
     "shows": "fact",
     "predicate": "cause",
     "code": "nature"
    },
    {
     "shows": "fact",
     "predicate": "cause",
     "code": "manufacture"
    }
   ],
   "reads": []
  },
  {
   "name": "not-the-original",
   "asks": {
    "en": "is what came back another item?",
    "zh": "退回的是否并非原物？"
   },
   "pro": "seller",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage"
   ],
   "shown": [
    {
     "shows": "state",
     "value": "bad",
     "boundary": "return-receipt"
    }
   ],
   "reads": []
  },
  {
   "name": "packing-caused",
   "asks": {
    "en": "did the packing cause it?",
    "zh": "是否因包装不当造成？"
   },
   "pro": "defendant",
   "burden": "pro",
   "standard": "high",
   "about": [
    "damage",
    "leg"
   ],
   "shown": [
    {
     "shows": "fact",
     "predicate": "cause",
     "code": "packing"
    }
   ],
   "reads": []
  }
 ],
 "measures": [],
 "steps": [
  "measure",
  "diminish",
  "salvage",
  "share",
  "cap",
  "deduct",
  "freight",
  "interest",
  "round"
 ],
 "silent": [],
 "rules": [
  {
   "id": "CN-03",
   "says": {
    "en": "Durable goods, defect discovered within six months of receipt: the seller must prove there was none.",
    "zh": "耐用商品自接受之日起六个月内发现瑕疵的，由经营者承担举证责任。"
   },
   "cite": [
    {
     "source": "cn.consumer-law",
     "article": "23(3)",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2014-03-15",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "goods.durable",
     "value": "yes"
    },
    {
     "op": "within",
     "event": "event.discovered",
     "period": {
      "count": 6,
      "unit": "months"
     },
     "of": "event.received"
    },
    {
     "op": "issue",
     "issue": "defective",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "presume",
    "issue": "defect-at-delivery",
    "is": "found",
    "rebut": "contrary",
    "weight": 0,
    "standard": "high"
   }
  },
  {
   "id": "CN-04",
   "says": {
    "en": "Goods that did not conform when risk passed: the seller answers to the consumer.",
    "zh": "商品交付时不符合质量要求的，经营者应当向消费者承担责任。"
   },
   "cite": [
    {
     "source": "cn.consumer-law",
     "article": "24",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2014-03-15",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "defect-at-delivery",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [
    {
     "op": "all",
     "of": [
      {
       "op": "eq",
       "path": "carrier.chosen-by",
       "value": "buyer"
      },
      {
       "op": "in",
       "path": "damage.kind",
       "values": [
        "cold",
        "heat",
        "loss",
        "shock",
        "soiling",
        "unknown",
        "wet"
       ]
      },
      {
       "op": "not",
       "of": {
        "op": "issue",
        "issue": "bad-at-pickup",
        "edge": null,
        "is": "found"
       }
      }
     ]
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "consumer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-08",
   "says": {
    "en": "Broken at delivery: the risk of transit is the seller's, unless the consumer chose the carrier.",
    "zh": "交付时已损坏的，运输风险由经营者承担，但消费者另行选择快递物流服务提供者的除外。"
   },
   "cite": [
    {
     "source": "cn.e-commerce-law",
     "article": "20",
     "verified": true
    },
    {
     "source": "cn.e-commerce-law",
     "article": "51",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "512",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2019-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "consumer-seller"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "bad-at-delivery",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [
    {
     "op": "eq",
     "path": "carrier.chosen-by",
     "value": "buyer"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "consumer-seller",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-09",
   "says": {
    "en": "Who undertook to record and shows no complete recording is presumed to have let it go damaged.",
    "zh": "承诺记录而未能提供完整记录的，推定货物在其交出时已经损坏。"
   },
   "cite": [
    {
     "source": "cn.e-commerce-law",
     "article": "62",
     "verified": true
    },
    {
     "source": "cn.spc-evidence-rules-2019",
     "article": "95",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2020-05-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "bad-at-last-end",
     "edge": null,
     "is": "found"
    },
    {
     "op": "undertaken",
     "what": "log",
     "by": "leg.holder"
    },
    {
     "op": "not",
     "of": {
      "op": "shown",
      "of": {
       "op": "covered",
       "quantity": "acceleration"
      },
      "by": "leg.holder"
     }
    }
   ],
   "unless": [
    {
     "op": "incident",
     "code": "battery",
     "by": "leg.holder"
    }
   ],
   "unlessProven": [],
   "effect": {
    "kind": "adverse",
    "issue": "bad-at-end",
    "is": "found",
    "weight": 3
   }
  },
  {
   "id": "CN-19",
   "says": {
    "en": "Damaged in carriage: the carrier answers, unless it proves force majeure, the nature of the goods or the sender's packing.",
    "zh": "货物在运输过程中毁损的，承运人承担赔偿责任，但证明因不可抗力、货物本身的自然性质或者托运人包装过错造成的除外。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "832",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "833",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "handed-over",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "good-at-start",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "bad-at-end",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [
    {
     "by": "defendant",
     "issue": "force-majeure",
     "standard": "high",
     "someLeg": false,
     "from": null
    },
    {
     "by": "defendant",
     "issue": "nature-of-goods",
     "standard": "high",
     "someLeg": false,
     "from": null
    },
    {
     "by": "defendant",
     "issue": "packing-caused",
     "standard": "high",
     "someLeg": false,
     "from": "CN-23"
    }
   ],
   "effect": {
    "kind": "liable",
    "edge": "shipper-carrier",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-20",
   "says": {
    "en": "The consignee raised no objection: prima facie the last carrier delivered as documented.",
    "zh": "收货人在约定期限或者合理期限内未提出异议的，视为承运人已经按照运输单证的记载交付的初步证据。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "831",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "leg-ends",
     "boundary": "delivery"
    },
    {
     "op": "signed-off"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "presume",
    "issue": "bad-at-end",
    "is": "not-found",
    "rebut": "contrary",
    "weight": 3,
    "standard": null
   }
  },
  {
   "id": "CN-21",
   "says": {
    "en": "Damage located on one leg of the same mode: the contracting carrier answers jointly with that leg's carrier.",
    "zh": "损失发生在某一运输区段的，与托运人订立合同的承运人和该区段的承运人承担连带责任。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "834",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [
    "CN-21a"
   ],
   "claims": [
    "shipper-contracting-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "eq-path",
     "path": "leg.mode",
     "other": "contract.mode"
    },
    {
     "op": "edge",
     "edge": "shipper-carrier",
     "ofLegHolder": true,
     "is": "liable"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "shipper-contracting-carrier",
    "as": "principal",
    "head": "loss",
    "mode": "joint-and-several",
    "measure": null,
    "with": "leg.holder"
   }
  },
  {
   "id": "CN-21a",
   "says": {
    "en": "Damaged between pickup and delivery: the contracting carrier answers for the whole carriage.",
    "zh": "订立合同的承运人应当对全程运输承担责任。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "834",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-contracting-carrier"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "good-at-first-start",
     "edge": null,
     "is": "found"
    },
    {
     "op": "issue",
     "issue": "bad-at-last-end",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [
    {
     "by": "defendant",
     "issue": "packing-caused",
     "standard": null,
     "someLeg": true,
     "from": "CN-23"
    }
   ],
   "effect": {
    "kind": "liable",
    "edge": "shipper-contracting-carrier",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-23",
   "says": {
    "en": "Shocks within the agreed handling and beyond what the packed goods were declared to stand: the packing failed.",
    "zh": "冲击未超出约定的搬运条件，却超出所声明的包装耐受限度的，系包装不足所致。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "619",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "827",
     "verified": true
    }
   ],
   "status": "inference",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier",
    "shipper-contracting-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "shock",
     "how": "within",
     "limits": "agreed.handling-envelope"
    },
    {
     "op": "shock",
     "how": "beyond",
     "limits": "packaging.declared-fragility"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "argue",
    "issue": "packing-caused",
    "side": "pro",
    "gradeFrom": [
     "agreed.handlingEnvelope",
     "sensor"
    ]
   }
  },
  {
   "id": "CN-24c",
   "says": {
    "en": "A limit of liability that both signed holds between them.",
    "zh": "双方签署的责任限额在双方之间有效。"
   },
   "cite": [
    {
     "source": "cn.postal-law",
     "article": "45",
     "verified": true
    }
   ],
   "status": "contract",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "contract",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "shipper-carrier"
   ],
   "each": [
    "damage",
    "leg"
   ],
   "if": [
    {
     "op": "agreed",
     "term": "liabilityCap"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "cap",
    "edge": "shipper-carrier",
    "measure": {
     "from": "liabilityCap"
    },
    "brokenBy": null
   }
  },
  {
   "id": "CN-28",
   "says": {
    "en": "Another item came back: the refund is repaid.",
    "zh": "退回的并非原物的，买方应当返还退款。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "985",
     "verified": false
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "seller-buyer"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "eq",
     "path": "damage.aspect",
     "value": "identity"
    },
    {
     "op": "issue",
     "issue": "not-the-original",
     "edge": null,
     "is": "found"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "seller-buyer",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  },
  {
   "id": "CN-29",
   "says": {
    "en": "Damaged on the way back with a courier the buyer chose: the buyer bears it.",
    "zh": "退货途中损坏且由买方选择承运人的，损失由买方承担。"
   },
   "cite": [
    {
     "source": "cn.civil-code",
     "article": "604",
     "verified": true
    },
    {
     "source": "cn.civil-code",
     "article": "607",
     "verified": true
    }
   ],
   "status": "settled",
   "inForce": {
    "from": "2021-01-01",
    "to": null
   },
   "appliesBy": "contractDate",
   "layer": "forum",
   "force": "mandatory",
   "overrides": [],
   "claims": [
    "seller-buyer"
   ],
   "each": [
    "damage"
   ],
   "if": [
    {
     "op": "issue",
     "issue": "bad-at-return-receipt",
     "edge": null,
     "is": "found"
    },
    {
     "op": "eq",
     "path": "return.chosen-by",
     "value": "buyer"
    }
   ],
   "unless": [],
   "unlessProven": [],
   "effect": {
    "kind": "liable",
    "edge": "seller-buyer",
    "as": "principal",
    "head": "loss",
    "mode": "sole",
    "measure": null,
    "with": null
   }
  }
 ]
};
